import Foundation
import Refrain
import TestSupport
import Testing

extension ModelFileTests {
  /// Model files that something happened to, or somebody.
  @Suite("Altered model files")
  struct AlteredModelTests {
    @Test func whatWasAlteredIsRefused() throws {
      var alteration = Alteration(seed: 1)
      try check(rounds: TestLength.count(short: 500, long: 10_000)) { alteration.next($0) }
    }

    @Test func aSingleFlippedBitIsNoticed() throws {
      var alteration = Alteration(seed: 2)
      try check(rounds: TestLength.count(short: 400, long: 2000)) { alteration.flippedBit($0) }
    }

    /// Reads models after `alter`; none may be taken.
    private func check(rounds: Int, _ alter: ([UInt8]) -> [UInt8]) throws {
      let whole = try Self.models().map { try $0.encoded() }
      try withTemporaryFolder { folder in
        for round in 0..<rounds {
          let altered = alter(whole[round % whole.count])
          try Data(altered).write(to: URL(filePath: folder + "/model"))
          let reading = ForeignReading { _ = try ModelFile(contentsOf: folder + "/model") }
          #expect(!reading.isRead, "round \(round)")
          #expect(reading.fault(size: altered.count) == nil, "round \(round)")
        }
      }
    }

    /// Whoever alters a file by purpose can make its hash right again.
    @Test func whatWasAlteredByPurposeIsReadOrRefused() throws {
      var random = ReferenceRandom(seed: 3)
      let whole = try Self.models().map { try SafeTensors(bytes: $0.encoded(), path: "whole") }
      try withTemporaryFolder { folder in
        var (read, refused) = (0, 0)
        for round in 0..<TestLength.count(short: 1000, long: 10_000) {
          let bytes = Self.alteredByPurpose(whole[round % whole.count], &random)
          try Data(bytes).write(to: URL(filePath: folder + "/model"))
          let reading = ForeignReading { _ = try ModelFile(contentsOf: folder + "/model") }
          // A network whose parameters are all there lies in pages of 2 MiB.
          let fault = reading.fault(size: bytes.count, allowance: 1 << 20)
          #expect(fault == nil, "round \(round)")
          if reading.isRead { read += 1 } else { refused += 1 }
        }
        #expect(read > 30 && refused > 300, "\(read) were read, \(refused) refused")
      }
    }

    @Test func memoryIsCounted() throws {
      try #require(ForeignReading.countsMemory || ProcessInfo.processInfo.isSanitized)
      guard ForeignReading.countsMemory else { return }
      var bytes: [UInt8] = []
      let reading = ForeignReading { bytes = [UInt8](repeating: 1, count: 5_000_000) }
      #expect((5_000_000..<5_010_000).contains(reading.largest))
      #expect((5_000_000..<5_100_000).contains(reading.peak) && bytes.count == 5_000_000)
      #expect(ForeignReading {}.peak < 10_000)
    }

    // MARK: - Models

    /// A small one of every kind: text with its training, words, frames, an encoder with its decoder.
    private static func models() throws -> [ModelFile] {
      let words = Vocabulary(text: "a rose is a rose\n", tokenKind: .word)
      let rows = [Float](repeating: 0.5, count: 4)
      return [
        try ModelFileTests.model(),
        ModelFile(
          network: try Network(
            ModelDescription(input: .tokens(words.count), output: .softmax(words.count)) {
              Embedding(4)
              GRU(5)
              Dropout(0.2)
              LayerNorm()
              Dense(4, activation: .tanh)
            }), vocabulary: words, information: ["rows": "\(rows)"]),
        ModelFile(
          network: try Network(
            ModelDescription(
              input: .frames(3), output: .mixture(components: 2, size: 3, history: 2)
            ) {
              Convolution(4, width: 3, dilation: 2, activation: .relu, residual: false)
              BatchNorm()
              LSTM(3)
            })),
        ModelFile(
          network: try Network(DecoderNetwork(kind: .all, cell: .gru, hidden: 4).model)),
      ]
    }

    /// A file with one or two of its texts and tensors altered, and the right hash.
    private static func alteredByPurpose(
      _ whole: SafeTensors, _ random: inout ReferenceRandom
    ) -> [UInt8] {
      var file = whole
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let key = file.metadata.keys.sorted().randomElement(using: &random) ?? ""
        let text = file.metadata[key] ?? ""
        switch Int.random(in: 0..<10, using: &random) {
        case 0: file.metadata[key] = nil
        case 1 where !text.isEmpty:
          var alteration = Alteration(seed: random.next())
          file.metadata[key] = String(decoding: alteration.next(Array(text.utf8)), as: UTF8.self)
        case 2 where !file.tensors.isEmpty:
          file.tensors.remove(at: .random(in: file.tensors.indices, using: &random))
        case 3 where !file.tensors.isEmpty:
          let place = Int.random(in: file.tensors.indices, using: &random)
          let name = file.tensors[place].name
          let count = Int.random(in: 0...3, using: &random)
          file.tensors[place] = .init(
            name: name, shape: [count], floats: [Float](repeating: .nan, count: count))
        default: file.metadata[key] = withAnotherValue(text, &random)
        }
      }
      return file.encoded(hashed: true)
    }

    private static let values = [
      "0", "1", "-1", "2", "5", "64", "65536", "2097152", "2097153", "4611686018427387904",
      "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e308", "1e-308",
      "0.5", "1.5", "null", "true", "[]", "{}", "\"\"", "\"lstm\"", "\"\\u001b[2J\"",
      "{\"recurrent\":{\"cell\":\"gru\",\"hidden\":3}}", "{\"lastStep\":{}}",
      "{\"bidirectional\":{\"cell\":\"lstm\",\"hidden\":3}}", "{\"attention\":{\"_0\":3}}",
    ]

    /// `json` with one of its values replaced.
    private static func withAnotherValue(_ json: String, _ random: inout ReferenceRandom) -> String
    {
      let found = json.matches(of: /-?[0-9][0-9.eE+-]*|"[^"]*"|true|false|null/)
      guard let place = found.randomElement(using: &random)?.range else { return json }
      return json.replacingCharacters(in: place, with: values.randomElement(using: &random)!)
    }
  }
}

extension ProcessInfo {
  /// Whether the tests run under a sanitizer: `REFRAIN_SANITIZER` tells them.
  fileprivate var isSanitized: Bool { environment["REFRAIN_SANITIZER"] != nil }
}
