import Foundation

/// Writes what a training leaves in its run folder: metrics, and models as they become due.
package final class RunRecorder {
  private let trainer: Trainer
  private let folder: RunFolder
  private let vocabulary: Vocabulary?
  private let information: [String: String]
  private let sampleEvery: Int
  private let keep: Int
  private let log: MetricsLog
  private var bestStep: Int?

  /// For a training at its beginning, or where it goes on.
  ///
  /// - Parameters:
  ///   - name: the name of `information` in the model file.
  ///   - information: what the model file says of the run.
  ///   - sampleEvery: steps between two samples of what the model makes; 0: one at each evaluation.
  ///   - keep: models of the last evaluations to keep besides the best and the last.
  /// - Throws: ``FileError``.
  package init(
    _ trainer: Trainer, folder: RunFolder, vocabulary: Vocabulary? = nil, name: String,
    information: some Encodable, sampleEvery: Int, keep: Int
  ) throws {
    self.trainer = trainer
    self.folder = folder
    self.vocabulary = vocabulary
    self.sampleEvery = sampleEvery
    self.keep = keep
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    self.information = [name: String(decoding: try encoder.encode(information), as: UTF8.self)]
    log = try MetricsLog(folder.metrics, at: trainer.progress)
    bestStep = trainer.progress.bestStep
    trainer.reportEvery = sampleEvery
  }

  /// Writes what an event makes due.
  ///
  /// - Returns: the step, if a sample of what the model makes is due after it.
  /// - Throws: ``FileError``.
  package func record(_ event: TrainingEvent) throws -> Int? {
    switch event {
    case .step(let report):
      try log.add(report)
      return sampleEvery > 0 && report.step % sampleEvery == 0 ? report.step : nil
    case .evaluation(let report):
      try log.add(report)
      if keep > 0 { try keepModel(of: report.step) }
      return sampleEvery == 0 ? report.step : nil
    case .checkpoint: try save()
    case .end: break
    }
    return nil
  }

  /// Saves the model as it is now, as the last one, and as the best if it is; not one that has diverged.
  ///
  /// - Throws: ``FileError``.
  package func save() throws {
    if trainer.hasDiverged { return }
    let isBest = trainer.progress.bestStep != nil && trainer.progress.bestStep != bestStep
    try folder.save(model, isBest: isBest)
    bestStep = trainer.progress.bestStep
  }

  /// The path, without its ending, of what the model makes after a step; its folder is there then.
  ///
  /// - Throws: ``FileError``.
  package func samplePath(step: Int) throws -> String {
    if mkdir(folder.samples, 0o777) != 0, errno != EEXIST {
      throw FileError.unwritable(path: folder.samples, code: errno)
    }
    return String(format: "%@/step-%08d", folder.samples, step)
  }

  private var model: ModelFile {
    ModelFile(
      network: trainer.network, vocabulary: vocabulary, training: trainer.checkpoint(),
      information: information)
  }

  // MARK: - Earlier models

  /// Writes the model of an evaluation under its step and deletes the oldest such files beyond `keep`.
  private func keepModel(of step: Int) throws {
    try model.write(to: keptPath(step))
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .compactMap(Self.keptStep).sorted()
    for old in kept.dropLast(keep) { try FileManager.default.removeItem(atPath: keptPath(old)) }
  }

  private func keptPath(_ step: Int) -> String {
    String(format: "%@/step-%08d.safetensors", folder.path, step)
  }

  /// The step in the name of a model that ``keepModel(of:)`` wrote; nil for any other file.
  private static func keptStep(_ name: String) -> Int? {
    guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
    let digits = name.dropFirst("step-".count).dropLast(".safetensors".count)
    return digits.count >= 8 && digits.allSatisfy(\.isASCII) ? Int(digits) : nil
  }
}
