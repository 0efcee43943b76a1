internal import Refrain
public import RefrainRuns

extension MusicGenerator {
  /// A generator whose state is zero; begin it with ``start(after:)``.
  ///
  /// - Parameters:
  ///   - model: a model of music.
  ///   - seed: decides the music, with the model, the start and the temperature.
  ///   - temperature: how far from the likeliest frame, 0 or more.
  ///   - threads: how many to use. The music never depends on it.
  /// - Throws: `OtherMaterialError`, ``/Refrain/ModelFileError``.
  public convenience init(
    _ model: TrainedModel, seed: UInt64 = 1, temperature: Float = 1, threads: Int = 1
  ) throws {
    self.init(
      model.network, try model.record(of: MusicMaterial.self), temperature: temperature,
      threads: threads, random: RandomStream(seed: seed, purpose: .sampling))
  }
}
