internal import Foundation
internal import Refrain
internal import RefrainRuns

/// Makes pieces with a model of notes, time step by time step, with the state carried.
public final class NotesGenerator {
  /// What the model says of the pieces that it learned from.
  public let information: NotesRecord
  /// How bold it is, 0 or more: at 1 each key is down as often as the model predicts, at 0 the likeliest keys are.
  /// How many are down at a time stays, on average, what the model predicts.
  public var temperature: Float
  private let generator: FrameGenerator
  private var random: RandomStream
  /// A beginning that was drawn and is still to be given out.
  private var beginning: KeySet?

  init(
    _ generator: FrameGenerator, _ information: NotesRecord, temperature: Float,
    random: RandomStream
  ) {
    self.generator = generator
    self.information = information
    self.temperature = temperature
    self.random = random
  }

  /// Forgets everything and reads a piece, to go on from it.
  ///
  /// - Parameter piece: in time steps as long as the model's; nil, or without a time step: the beginning is drawn
  ///   from those of the pieces that the model learned from.
  public func start(after piece: PianoRoll? = nil) {
    generator.reset()
    beginning = nil
    if let piece, !piece.frames.isEmpty {
      for frame in piece.frames { generator.read(frame.values) }
      return
    }
    let keys = information.beginnings.randomElement(using: &random) ?? []
    let drawn = (try? KeySet(keys)) ?? KeySet()
    generator.read(drawn.values)
    beginning = drawn
  }

  /// The next time steps of the piece; after a start from nothing, the drawn beginning first.
  public func next(_ count: Int) -> PianoRoll {
    var frames: [KeySet] = []
    if count > 0, let first = beginning {
      frames.append(first)
      beginning = nil
    }
    while frames.count < count {
      let probabilities = sharpened(generator.expected, temperature: temperature)
      let values: [Float] = probabilities.map { random.uniform() < $0 ? 1 : 0 }
      let drawn = KeySet(values)
      generator.read(drawn.values)
      frames.append(drawn)
    }
    return PianoRoll(frames)
  }
}

/// Probabilities whose logits are divided by a temperature and then moved together, so that their sum stays:
/// most keys are less likely than not, and without that a low temperature would silence them.
package func sharpened(_ probabilities: [Float], temperature: Float) -> [Float] {
  precondition(temperature >= 0 && temperature.isFinite, "a temperature is 0 or more")
  if temperature == 1 { return probabilities }
  let sum = probabilities.reduce(0.0) { $0 + Double($1) }
  if temperature == 0 {
    let likeliest = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    let chosen = Set(likeliest.prefix(Int(sum.rounded())))
    return probabilities.indices.map { chosen.contains($0) ? 1 : 0 }
  }
  let logits = probabilities.map { value in
    let probability = min(max(Double(value), 1e-9), 1 - 1e-6)
    return log(probability / (1 - probability)) / Double(temperature)
  }
  func moved(by offset: Double) -> [Double] { logits.map { 1 / (1 + exp(-($0 + offset))) } }
  // The sum grows with the offset; halving the range sixty times leaves nothing of it.
  let farthest = logits.reduce(0) { max($0, abs($1)) } + 50
  var (low, high) = (-farthest, farthest)
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if moved(by: middle).reduce(0, +) < sum { low = middle } else { high = middle }
  }
  return moved(by: low).map { Float($0) }
}
