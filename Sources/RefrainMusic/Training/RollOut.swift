internal import Foundation
import Refrain

/// What a model makes of music when it goes on from some real seconds by itself.
public struct RollOut: Sendable {
  /// The step after which it was made.
  public let step: Int
  /// How well the model predicts the next frame, on the beginning of the validation part.
  public let evaluation: MusicEvaluation
  /// What was made, by stretches of five seconds.
  public let measures: [ListeningMeasures]
  /// How it compares with the music; nil where none of that can be heard.
  public let verdict: ListeningVerdict?
  /// The sound file.
  public let sound: String
  /// The picture of its spectrogram.
  public let picture: String
}

/// Makes roll-outs, each from the same place.
struct RollOutMaker {
  private let corpus: MusicCorpus
  private let information: MusicRunInformation
  private let frames: Range<Int>
  private let seed: UInt64
  private let generator: FrameGenerator
  private let evaluator: MusicEvaluator

  /// Seconds that are made.
  static let seconds = 10.0
  /// How far from the likeliest frame.
  static let temperature: Float = 0.8
  /// Frames that are predicted to measure the error.
  private static let evaluated = 800

  /// - Parameter frames: the part of the music that it goes on from and is evaluated on.
  init(
    _ network: Network, corpus: MusicCorpus, information: MusicRunInformation,
    frames: Range<Int>, seed: UInt64
  ) {
    self.corpus = corpus
    self.information = information
    self.frames = frames
    self.seed = seed
    generator = FrameGenerator(network)
    evaluator = MusicEvaluator(network, scale: information.scale, window: information.window)
  }

  /// - Parameter name: the path of the sound and the picture without their endings.
  func rollOut(step: Int, to name: String) throws -> RollOut {
    let made = spectrogram(step: step)
    let sound = PhaseReconstruction.standard.sound(from: made)
    let writer = try SoundWriter(path: name + ".flac", sampleRate: made.settings.sampleRate)
    try writer.write([sound])
    _ = try writer.finish()
    try SpectrogramPicture(made).write(to: name + ".png")
    return RollOut(
      step: step, evaluation: evaluator.evaluate(corpus, frames: frames.prefix(Self.evaluated)),
      measures: ListeningCurves(made).stretches(),
      verdict: information.range.map { ListeningVerdict(made, range: $0) },
      sound: name + ".flac", picture: name + ".png")
  }

  private func spectrogram(step: Int) -> Spectrogram {
    var random = RandomStream(
      seed: seed, purpose: .sampling, lane: UInt32(truncatingIfNeeded: step))
    generator.reset()
    let rate = information.settings.frameRate
    for index in frames.prefix(Int(2 * rate)) { generator.read(corpus.frames.table[index]) }
    var magnitudes: [Float] = []
    for _ in 0..<Int(Self.seconds * rate) {
      let frame = information.scale.held(
        generator.draw(temperature: Self.temperature, using: &random))
      generator.read(frame)
      magnitudes += information.scale.magnitudes(of: frame)
    }
    return Spectrogram(settings: information.settings, magnitudes: magnitudes)
  }
}
