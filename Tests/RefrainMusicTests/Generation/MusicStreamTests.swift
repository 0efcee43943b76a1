import Refrain
import RefrainMusic
import Testing

struct MusicStreamTests {
  private func generator(_ trained: TrainedMusic) throws -> MusicGenerator {
    try MusicGenerator(trained.model, seed: 3, temperature: 0.5)
  }

  @Test func blocksAreHops() async throws {
    let trained = try await TrainedMusic.trained()
    var stream = try MusicStream(generator(trained), start: .nothing, seed: 3)
    #expect(stream.blockSize == 64)
    var samples: [Float] = []
    for _ in 0..<100 {
      let block = stream.next()
      #expect(block.count == 1 && block[0].count == 64)
      samples += block[0]
    }
    #expect(samples.allSatisfy { $0.isFinite } && samples.contains { abs($0) > 1e-3 })
  }

  /// The windows overlap from the old place to the new.
  @Test func goingElsewhereMakesNoBreak() async throws {
    let trained = try await TrainedMusic.trained()
    var stream = try MusicStream(generator(trained), start: .position(seconds: 4), seed: 3)
    var samples: [Float] = []
    for block in 0..<120 {
      if block == 60 { try stream.go(to: .position(seconds: 12)) }
      samples += stream.next()[0]
    }
    let jumps = zip(samples, samples.dropFirst()).map { abs($1 - $0) }
    // The last sample before the new frames' first, and the next.
    let seam = jumps[60 * 64 - 2...60 * 64].max() ?? 1
    #expect(seam < 1.5 * (jumps[10 * 64..<50 * 64].max() ?? 0), "\(seam)")

    // A place that is not there changes nothing.
    #expect(throws: MusicStartError.self) { try stream.go(to: .position(seconds: 99)) }
    #expect(stream.next()[0].count == 64)
  }

  @Test func aNewTemperatureIsHeardFromThenOn() async throws {
    let trained = try await TrainedMusic.trained()
    func blocks(_ change: (Int, MusicGenerator) throws -> Void) throws -> [[Float]] {
      var stream = try MusicStream(generator(trained), start: .nothing, seed: 3)
      return try (0..<40).map { block in
        try change(block, stream.generator)
        return stream.next()[0]
      }
    }
    let steady = try blocks { _, _ in }
    let changed = try blocks { block, generator in
      if block == 20 { generator.temperature = 2 }
    }
    #expect(steady[..<20] == changed[..<20])
    #expect(steady[24...] != changed[24...])
  }
}
