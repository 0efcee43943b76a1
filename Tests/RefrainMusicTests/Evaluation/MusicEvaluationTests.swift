import Foundation
import Refrain
import RefrainRuns
import RefrainMusic
import Testing

struct MusicEvaluationTests {
  private let folder: TestFolder
  init() throws { folder = try TestFolder() }

  /// A tone whose magnitudes fall by the same share from frame to frame, as a hop holds whole waves.
  private func fadingTone(seconds: Double) throws -> MusicCorpus {
    let samples = (0..<Int(seconds * 8000)).map { i in
      Float(0.9 * exp(-Double(i) / 4000) * sin(2 * Double.pi * Double(i) / 8))
    }
    let path = folder.path + "/tone.wav"
    let writer = try SoundWriter(path: path, sampleRate: 8000, samples: .float32)
    try writer.write([samples])
    _ = try writer.finish()
    return try MusicCorpus(
      InputListing(sounds: [path]), settings: TinyMusic.settings, kind: .linear)
  }

  /// A network that expects each value to be `factor` times what it is now.
  private func network(factor: Float, bins: Int) throws -> Network {
    let network = try Network(
      ModelDescription(
        input: .frames(bins), output: .mixture(components: 1, size: bins, history: 1)
      ) {})
    for name in network.parameterNames {
      let value = name == "output.history" ? factor : 0
      network.setValues(of: name, to: network.values(of: name).map { _ in value })
    }
    return network
  }

  @Test func aPerfectAndACopyingNetwork() throws {
    let corpus = try fadingTone(seconds: 3)
    // The last frames reach beyond the end.
    let frames = 0..<corpus.frames.count - 4
    func evaluation(_ factor: Float) throws -> MusicEvaluation {
      MusicEvaluator(
        try network(factor: factor, bins: corpus.scale.size), scale: corpus.scale, window: nil
      ).evaluate(corpus, frames: frames)
    }
    let perfect = try evaluation(Float(exp(-64.0 / 4000)))
    #expect(perfect.frames == frames.count - 40)
    #expect(perfect.copyError > 0 && perfect.meanError > perfect.copyError)
    #expect(perfect.error < 0.05 * perfect.copyError, "\(perfect)")
    #expect(perfect.gain > 0.95)

    let copy = try evaluation(1)
    #expect(abs(copy.error / copy.copyError - 1) < 1e-6 && abs(copy.gain) < 1e-6)
    #expect(copy.copyError == perfect.copyError && copy.meanError == perfect.meanError)

    // Silence is worse than either.
    #expect(try evaluation(0).gain < 0)
  }

  /// A part that is shorter than what has to be heard first has figures all the same.
  @Test func nothingToPredictIsNothingGained() throws {
    let corpus = try fadingTone(seconds: 1)
    let evaluation = MusicEvaluator(
      try network(factor: 1, bins: corpus.scale.size), scale: corpus.scale, window: nil
    ).evaluate(corpus, frames: 0..<30)
    #expect(evaluation.frames == 0 && evaluation.gain == 0)
  }
}
