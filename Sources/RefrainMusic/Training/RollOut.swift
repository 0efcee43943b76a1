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

/// Makes roll-outs, each from the same place: the middle of the longest recording.
struct RollOutMaker {
  private let corpus: MusicCorpus
  private let record: MusicRecord
  private let network: Network
  private let learned: Range<Int>
  private let evaluated: Range<Int>
  private let seed: UInt64

  /// Seconds that are made.
  static let seconds = 10.0
  /// How far from the likeliest frame.
  static let temperature: Float = 1
  /// Seconds of music that it goes on from.
  private static let listens = 2.0

  /// - Parameters:
  ///   - learned: the part of the music that it goes on from.
  ///   - evaluated: the part that is predicted.
  init(
    _ network: Network, corpus: MusicCorpus, record: MusicRecord,
    learned: Range<Int>, evaluated: Range<Int>, seed: UInt64
  ) {
    self.network = network
    self.corpus = corpus
    self.record = record
    self.learned = learned
    self.evaluated = evaluated
    self.seed = seed
  }

  /// How well a network predicts the next frame, on pieces from everywhere in the part that is predicted.
  func evaluation(of network: Network) -> MusicEvaluation {
    MusicEvaluator(network, scale: record.scale, window: record.window)
      .sample(corpus, frames: evaluated)
  }

  /// - Parameter name: the path of the sound and the picture without their endings.
  func rollOut(step: Int, to name: String) throws -> RollOut {
    let music = music(step: step)
    let sound = PhaseReconstruction.standard.sound(from: music)
    let recording = Recording(sampleRate: music.settings.sampleRate, channels: sound)
    _ = try recording.write(to: name + ".flac")
    let made = music.mixed
    try SpectrogramPicture(made).write(to: name + ".png")
    return RollOut(
      step: step, evaluation: evaluation(of: network),
      measures: ListeningCurves(made).stretches(),
      verdict: record.range.map { ListeningVerdict(made, range: $0) },
      sound: name + ".flac", picture: name + ".png")
  }

  private func music(step: Int) -> MusicSpectrogram {
    let random = RandomStream(
      seed: seed, purpose: .sampling, lane: UInt32(truncatingIfNeeded: step))
    let generator = MusicGenerator(
      network, record, temperature: Self.temperature, random: random)
    let rate = record.settings.frameRate
    let heard = start..<min(start + Int(Self.listens * rate), corpus.frames.count)
    generator.start(after: corpus.spectrogram(heard))
    return generator.next(max(1, Int(Self.seconds * rate)))
  }

  /// Where the longest recording that is learned from has its middle.
  private var start: Int {
    let listens = Int(Self.listens * record.settings.frameRate)
    let parts = corpus.places.map { $0.frames.clamped(to: learned) }
    let longest = parts.max { $0.count < $1.count } ?? learned
    let middle = (longest.lowerBound + longest.upperBound) / 2
    return max(0, min(middle, corpus.frames.count - listens))
  }
}
