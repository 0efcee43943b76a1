import Foundation
import Refrain
import RefrainMusic
import Testing

struct MusicPieceTests {
  private func piece(
    _ trained: TrainedMusic, _ change: (inout MusicPiece) -> Void = { _ in }
  ) throws -> MusicPiece {
    var piece = try MusicPiece(modelPath: trained.path)
    piece.seconds = 0.7
    change(&piece)
    return piece
  }

  @Test func theSameSeedMakesTheSameSamples() async throws {
    let trained = try await TrainedMusic.trained()
    let first = try piece(trained).sound(trained.model)
    let again = try piece(trained).sound(trained.model)
    #expect(first.sampleRate == 8000 && first.channels[0].count == 5600)
    #expect(first.channels[0] == again.channels[0] && first.made == again.made)
    #expect(first.channels[0].contains { abs($0) > 1e-3 })
    for change: (inout MusicPiece) -> Void in [
      { $0.seed = 2 }, { $0.temperature = 0.3 }, { $0.start = .position(seconds: 9) },
      { $0.start = .clip(path: trained.recordings[0]) },
    ] {
      let other = try piece(trained, change).sound(trained.model)
      #expect(other.channels[0].count == 5600 && other.channels[0] != first.channels[0])
    }
  }

  @Test(arguments: [0.0001, 0.01, 0.5, 1.2345]) func lengthsAreExact(seconds: Double) async throws {
    let trained = try await TrainedMusic.trained()
    let count = Int((seconds * 8000).rounded())
    for isLoop in [false, true] {
      let sound = try piece(trained) {
        $0.seconds = seconds
        $0.isLoop = isLoop
      }.sound(trained.model)
      #expect(sound.channels[0].count == count && sound.channels[0].allSatisfy { abs($0) <= 1 })
    }
  }

  @Test func whatItGoesOnFromCanStandInFront() async throws {
    let trained = try await TrainedMusic.trained()
    var change = { (piece: inout MusicPiece) in piece.start = .position(seconds: 2) }
    let alone = try piece(trained, change).sound(trained.model)
    change = {
      $0.start = .position(seconds: 2)
      $0.includesStart = true
    }
    let both = try piece(trained, change).sound(trained.model)
    // Two seconds and a frame have been played by then.
    #expect(both.channels[0].count == 5600 + 252 * 64 && both.made == alone.made)
  }

  @Test func whatIsTooLoudBecomesSofter() async throws {
    let trained = try await TrainedMusic.trained()
    let soft = try piece(trained).sound(trained.model)
    #expect(soft.gain == 1)
    let model = try trained.model { information in
      var scale = information["scale"] as! [String: Any]
      scale["means"] = (scale["means"] as! [Double]).map { $0 + 6 }
      scale["greatest"] = (scale["greatest"] as! [Double]).map { $0 * 1000 }
      information["scale"] = scale
    }
    let loud = try piece(trained).sound(model)
    #expect(loud.gain < 0.99)
    let peak = loud.channels[0].map(abs).max() ?? 0
    #expect(peak <= 1 && peak > 0.98)
  }

  @Test func itComesBackFromJSON() async throws {
    let trained = try await TrainedMusic.trained()
    for start in [MusicStart.nothing, .position(seconds: 3.5), .clip(path: "/a \"b\".wav")] {
      let before = try piece(trained) {
        $0.start = start
        $0.clipHash = "12"
        $0.isLoop = true
        $0.seed = .max
      }
      let text = try SoundTags.json(before)
      let after = try JSONDecoder().decode(MusicPiece.self, from: Data(text.utf8))
      #expect(after == before && after.isPossible)
    }
    #expect(try piece(trained).model == String(describing: FileHash(ofFileAt: trained.path)))
  }

  @Test func whatCannotBeIsToldApart() async throws {
    let trained = try await TrainedMusic.trained()
    #expect(try piece(trained) { $0.seconds = 3600 }.isPossible)
    for seconds in [0, -1, 3601, .nan, .infinity] {
      #expect(try !piece(trained) { $0.seconds = seconds }.isPossible)
    }
    for temperature: Float in [-0.1, .nan, .infinity] {
      #expect(try !piece(trained) { $0.temperature = temperature }.isPossible)
    }
  }

  @Test func progressEndsAtOne() async throws {
    let trained = try await TrainedMusic.trained()
    var seen: [Double] = []
    _ = try piece(trained).sound(trained.model) { seen.append($0) }
    #expect(seen == seen.sorted() && seen.last == 1 && (seen.first ?? 0) > 0)
  }
}
