internal import Foundation
internal import Refrain
package import RefrainText

/// The other side: the same recipe in PyTorch, in a process of its own.
package struct PyTorchTraining {
  private let preset: TextTrainingPreset
  private let text: String
  private let threads: Int
  private let python: String

  /// The script, where the race is started from the repository's root.
  private static let script = "Benchmarks/Peers/pytorch_race.py"

  package init(preset: TextTrainingPreset, text: String, threads: Int, python: String) {
    self.preset = preset
    self.text = text
    self.threads = threads
    self.python = python
  }

  package var name: String { "PyTorch, \(preset.rawValue)" }

  /// The script's options: the recipe, number by number.
  package var arguments: [String] {
    let model = preset.model
    let configuration = preset.configuration
    return [
      Self.script, text, "--minutes", "\(preset.limits.minutes ?? 0)",
      "--hidden", "\(model.hidden)", "--layers", "\(model.layers)",
      "--dropout", "\(model.dropout)", "--batch-size", "\(configuration.batchSize)",
      "--sequence-length", "\(configuration.sequenceLength)",
      "--learning-rate", "\(configuration.learningRate)",
      "--warmup", "\(configuration.schedule.warmup)", "--clip", "\(configuration.clip)",
      "--weight-decay", "\(weightDecay)", "--threads", "\(threads)",
    ]
  }

  /// Adam is AdamW without decay.
  private var weightDecay: Double {
    guard case .adamW(_, _, _, let decay) = preset.configuration.optimizer else { return 0 }
    return decay
  }

  /// Trains, and tells each evaluation as it comes.
  func run(tell: (Curve.Point) -> Void) throws -> Curve {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    var curve = Curve(name)
    var unread = Data()
    while case let data = pipe.fileHandleForReading.availableData, !data.isEmpty {
      unread += data
      while let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let point = try Self.point(String(decoding: unread[..<end], as: UTF8.self))
        unread.removeSubrange(...end)
        curve.points.append(point)
        tell(point)
      }
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw RaceError("\(Self.script) ended with status \(process.terminationStatus); see above.")
    }
    return curve
  }

  /// One evaluation, as the script prints it.
  package static func point(_ line: String) throws -> Curve.Point {
    do { return try JSONDecoder().decode(Curve.Point.self, from: Data(line.utf8)) } catch {
      throw RaceError("\(script) printed something else than an evaluation: \(line)")
    }
  }
}
