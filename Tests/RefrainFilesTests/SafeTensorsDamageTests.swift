import RefrainFiles
import TestSupport
import Testing

extension FileTests {
  /// Files that were right once.
  @Suite("Damage to safetensors")
  struct SafeTensorsDamageTests {
    @Test func everyFlippedBitIsNoticed() {
      let model = TestFiles.smallModel()
      for bit in 0..<model.count * 8 {
        var damaged = model
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(throws: SafeTensorsError.self, "bit \(bit)") {
          try SafeTensors(bytes: damaged, path: "model", hash: .required)
        }
      }
    }

    @Test func everyLostTailIsNoticed() {
      let model = TestFiles.smallModel()
      for count in 0..<model.count {
        #expect(throws: SafeTensorsError.self, "\(count) bytes") {
          try SafeTensors(bytes: Array(model.prefix(count)), path: "model")
        }
      }
    }

    @Test func plainFileHasNoHash() throws {
      let plain = SafeTensors(metadata: ["hash": "of another program"]).encoded()
      let read = try SafeTensors(bytes: plain, path: "plain")
      #expect(read.hash == nil && read.metadata == ["hash": "of another program"])
      #expect(throws: SafeTensorsError.unhashed(path: "plain")) {
        try SafeTensors(bytes: plain, path: "plain", hash: .required)
      }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func mutationsAreRefused(seed: UInt64) {
      var generator = ReferenceRandom(seed: seed)
      let model = TestFiles.smallModel()
      for round in 0..<1000 {
        var mutant = model
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          Self.mutate(&mutant, using: &generator)
        }
        // Whatever a file without a hash is taken for, it must not end the program.
        _ = try? SafeTensors(bytes: mutant, path: "mutant")
        let read = try? SafeTensors(bytes: mutant, path: "mutant", hash: .required)
        #expect((read != nil) == (mutant == model), "round \(round)")
      }
    }

    private static func mutate(_ bytes: inout [UInt8], using generator: inout ReferenceRandom) {
      func position() -> Int { Int.random(in: 0...bytes.count, using: &generator) }
      let at = position()
      switch Int.random(in: 0..<6, using: &generator) {
      case 0 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &generator)
      case 2:
        let end = position()
        bytes.removeSubrange(min(at, end)..<max(at, end))
      case 3:
        let from = position()
        let piece = Array(bytes[from..<min(bytes.count, from + 40)])
        bytes.insert(contentsOf: piece, at: at)
      case 4 where bytes.count >= 8:
        let length = UInt64.random(in: 0...UInt64(bytes.count) + 8, using: &generator)
        bytes.replaceSubrange(0..<8, with: TestFiles.file(length: length))
      default:
        // Numbers, brackets and quotes are what makes a header another one.
        let header = bytes.indices.dropFirst(8).filter {
          "0123456789[]{}\",:".utf8.contains(bytes[$0])
        }
        guard let index = header.randomElement(using: &generator) else { return }
        bytes[index] = "0123456789[]{}\",:-.\\u ".utf8.randomElement(using: &generator)!
      }
    }
  }
}
