internal import Foundation
public import Refrain
public import RefrainRuns

/// Evaluates text models beside an n-gram model and gzip.
public struct TextEvaluator {
  private let model: TrainedModel
  private let vocabulary: Vocabulary
  private let weights: WeightFormat
  private let threads: Int

  /// What the model's tokens stand for.
  public var tokenKind: Vocabulary.TokenKind { vocabulary.tokenKind }

  /// Tokens of the training text that the n-gram model learns at most: the last ones.
  public static let ngramLimit = KneserNeyModel.defaultTokenLimit

  /// An evaluator of a trained model.
  ///
  /// - Parameters:
  ///   - model: a model of text.
  ///   - weights: the format that the model's weights are read in.
  ///   - threads: how many to use; 0 means all cores. The result never depends on it.
  /// - Throws: ``/Refrain/ModelFileError`` if the model does not read text.
  public init(
    _ model: TrainedModel, weights: WeightFormat = .f32, threads: Int = 0
  ) throws {
    self.model = model
    vocabulary = try model.textVocabulary()
    self.weights = weights
    self.threads = threads
  }

  /// Evaluates on other texts.
  ///
  /// - Parameters:
  ///   - inputs: files, folders, `-`.
  ///   - folder: the run's folder, where copies of its inputs may lie.
  /// - Throws: ``TextInputError`` and others.
  public func evaluate(_ inputs: [String], folder: String?) throws -> (TextEvaluation, CorpusReport)
  {
    let spool = FileManager.default.temporaryDirectory.path + "/refrain-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: spool) }
    var options = TextCorpusOptions(tokenKind: vocabulary.tokenKind)
    options.vocabulary = vocabulary
    options.spoolFolder = spool
    let corpus = try TextCorpus(inputs, options: options)
    return (try evaluate(corpus, training: trainingPart(folder)), corpus.report)
  }

  /// Evaluates on the validation part of the run that made the model.
  ///
  /// - Throws: ``TextInputError`` if the text is no longer there.
  public func evaluateValidation(folder: String?) throws -> TextEvaluation {
    let parts = try parts(model.record(of: TextMaterial.self), folder)
    guard let validation = parts.validation else {
      throw TextEvaluationError.noValidation(path: model.path)
    }
    return try evaluate(validation, training: parts.training)
  }

  private func evaluate(
    _ corpus: any TokenCorpus, training: (any TokenCorpus)?
  ) throws -> TextEvaluation {
    guard corpus.count >= 2 else { throw TextEvaluationError.tooShort }
    let evaluator = Evaluator(model.network, weights: weights, threads: threads)
    let evaluation = try evaluator.evaluate(corpus)
    let beginnings = try evaluator.evaluateBeginnings(of: corpus)
    let text = MeasuredText(corpus: corpus, vocabulary: vocabulary)
    let characters = try text.characters()
    // A loss in nats per token times this is one in bits per character.
    let scale = Double(evaluation.tokens) / Double(max(characters.predicted, 1)) / log(2)
    return TextEvaluation(
      tokens: evaluation.tokens, natsPerToken: evaluation.loss,
      bitsPerCharacter: evaluation.loss * scale, perplexity: exp(evaluation.loss),
      fromBeginning: beginnings.map {
        .init(natsPerToken: $0.loss, bitsPerCharacter: $0.loss * scale)
      },
      baselines: try training.map { try baselines(text, characters.all, $0, scale) },
      remark: training == nil
        ? "The text that the model was trained on is no longer there, so there is nothing to train "
          + "an n-gram model and gzip on." : nil)
  }

  private func baselines(
    _ text: MeasuredText, _ characters: Int, _ training: any TokenCorpus, _ scale: Double
  ) throws -> TextEvaluation.Baselines {
    let first = max(0, training.count - Self.ngramLimit)
    var ngram = KneserNeyModel(vocabularySize: vocabulary.count)
    try ngram.train(on: CorpusSlice(training, range: first..<training.count))
    let result = try ngram.negativeLogLikelihood(
      of: CorpusSlice(text.corpus, range: 0..<text.corpus.count), limit: .max,
      countsStarts: false)
    let nats = result.nats / Double(max(result.tokens, 1))
    let bits = try gzipBits(text, training)
    return TextEvaluation.Baselines(
      ngram: .init(natsPerToken: nats, bitsPerCharacter: nats * scale),
      gzip: .init(
        natsPerToken: bits * log(2) / Double(text.corpus.count),
        bitsPerCharacter: bits / Double(max(characters, 1))))
  }

  /// The size in bits of the text as deflate writes it after the training text.
  private func gzipBits(_ text: MeasuredText, _ training: any TokenCorpus) throws -> Double {
    // Words are a few bytes each; this many tokens always fill the window.
    let first = max(0, training.count - GzipBaseline.windowSize)
    let tail = MeasuredText(
      corpus: CorpusSlice(training, range: first..<training.count), vocabulary: vocabulary)
    var gzip = try GzipBaseline()
    var piece: [UInt8] = []
    try tail.forEachPiece { text, _ in piece += text }
    gzip.prime(with: piece.span)
    piece = []
    try text.forEachPiece { text, _ in
      piece += text
      if piece.count < 1 << 16 { return }
      try gzip.compress(piece.span)
      piece.removeAll(keepingCapacity: true)
    }
    try gzip.compress(piece.span)
    return Double(try gzip.finish().compressedBytes) * 8
  }

  /// The training part, or nil where the text is gone or has changed.
  private func trainingPart(_ folder: String?) -> (any TokenCorpus)? {
    try? parts(model.record(of: TextMaterial.self), folder).training
  }

  private func parts(_ record: TextRecord, _ folder: String?) throws -> TextParts {
    let folder = folder.map { RunFolder($0) }
    let corpus = try TextCorpus(
      manifest: record.corpus, vocabulary: vocabulary, spoolFolder: folder?.inputs)
    return try TextParts(reopening: record, of: corpus, in: folder, moved: MovedPaths())
  }
}

/// Why nothing can be evaluated.
public enum TextEvaluationError: Error, Equatable, CustomStringConvertible {
  /// The run has no validation part.
  case noValidation(path: String)
  /// The text has fewer than two tokens of the model's.
  case tooShort

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .noValidation(let path):
      return "\(path) was trained without a validation part; name a text to evaluate on."
    case .tooShort:
      return "The text has fewer than two tokens that the model knows; name a longer text."
    }
  }
}
