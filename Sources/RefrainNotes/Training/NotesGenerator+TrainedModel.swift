public import Refrain
public import RefrainRuns

extension NotesGenerator {
  /// A generator whose state is zero; begin it with ``start(after:)``.
  ///
  /// - Parameters:
  ///   - model: a model of notes.
  ///   - seed: decides the piece, with the model, the start and the temperature.
  ///   - temperature: how far from the likeliest keys, 0 or more.
  ///   - weights: the format that the weights are read in.
  ///   - threads: how many to use. The piece never depends on it.
  /// - Throws: `OtherMaterialError`, `ModelFileError`.
  public convenience init(
    _ model: TrainedModel, seed: UInt64 = 1, temperature: Float = 1,
    weights: WeightFormat = .f32, threads: Int = 1
  ) throws {
    let information = try model.record(of: NotesMaterial.self)
    self.init(
      FrameGenerator(model.network, weights: weights, threads: threads), information,
      temperature: temperature,
      random: RandomStream(seed: seed, purpose: .sampling))
  }
}
