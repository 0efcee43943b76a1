import Foundation
import Refrain

/// A JSON file in `Tests/Fixtures`, written by the script `make_fixtures.py` there.
package protocol Fixture: Decodable, Sendable {}

extension Fixture {
  /// Reads the fixture that is called `name`, without its `.json`.
  package init(named name: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: fixtureFile(name)))
  }
}

/// The names of all fixtures that begin with `prefix`, in order.
package func fixtureNames(prefix: String) -> [String] {
  let files = try? FileManager.default.contentsOfDirectory(atPath: fixtureFolder.path)
  return (files ?? []).filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }
    .map { String($0.dropLast(5)) }.sorted()
}

private var fixtureFolder: URL {
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")
}

private func fixtureFile(_ name: String) -> URL {
  fixtureFolder.appending(path: "\(name).json")
}

/// A layer as the fixtures write it.
struct FixtureLayer: Decodable {
  let kind: String
  /// H, E or the number of a dense layer's outputs.
  let size: Int?
  let mask: [Double]?
  let weightDecay: Double?
  let width: Int?
  let dilation: Int?
  let activation: String?
  let isResidual: Bool?

  var layer: ReferenceLayer<Double> {
    get throws {
      switch (kind, size, mask) {
      case ("embedding", let size?, _): .embedding(size: size)
      case ("dense", let size?, _): .dense(outputs: size, weightDecay: weightDecay ?? 0)
      case ("denseTanh", let size?, _): .denseTanh(outputs: size, weightDecay: weightDecay ?? 0)
      case ("convolution", let size?, _):
        .convolution(
          ReferenceConvolution(
            outputs: size, width: width ?? 1, dilation: dilation ?? 1,
            activation: activation.flatMap(ReferenceConvolution.ActivationFunction.init) ?? .linear,
            isResidual: isResidual ?? false))
      case ("denseReLU", let size?, _): .denseReLU(outputs: size, weightDecay: weightDecay ?? 0)
      case ("layerNorm", _, _): .layerNorm
      case ("batchNorm", _, _): .batchNorm
      case ("lastStep", _, _): .lastStep
      case ("meanOverTime", _, _): .meanOverTime
      case ("maxOverTime", _, _): .maxOverTime
      case ("bidirectionalLSTM", let size?, _): .bidirectional(.lstm(hidden: size))
      case ("bidirectionalGRU", let size?, _): .bidirectional(.gru(hidden: size))
      case ("dropout", _, let mask?): .dropout(mask: mask)
      default:
        if let cell = CellKind(kind), let size {
          .recurrent(cell, hidden: size)
        } else {
          throw UnknownLayer(kind: kind)
        }
      }
    }
  }

  struct UnknownLayer: Error {
    let kind: String
  }
}
