public import Refrain
public import RefrainRuns

/// A training on text in its run folder.
///
/// ```swift
/// let run = try TextRun(TextTrainingRequest(inputs: ["poems.txt"]), to: "poems-run")
/// for try await event in run { print(event) }
/// ```
public typealias TextRun = Run<TextMaterial>
/// What a training on text is asked for.
public typealias TextTrainingRequest = TrainingRequest<TextMaterial>

/// Text as something to learn: files of characters, words or bytes.
public struct TextMaterial: Material {
  /// What only a training on text can be asked for.
  public struct Options: Sendable {
    /// Where the validation text comes from.
    public enum Validation: Sendable, Equatable {
      /// The tail of the text: this share of its tokens, in 0..<1; 0 for none.
      case tail(Double)
      /// A text of its own.
      case file(String)
    }

    /// What a token is; nil: what it is in the model to begin with, or a character.
    public var tokenKind: Vocabulary.TokenKind?
    /// The largest vocabulary of words; nil: no limit.
    public var vocabularySize: Int?
    /// Words that are rarer become the unknown word.
    public var minimumCount = 1
    /// The network.
    public var model = TextModel()
    /// Where the validation text comes from.
    public var validation = Validation.tail(0.1)
    /// True where the layers of the model to begin with are taken instead of ``model``.
    public var takesModelOfStart = false
  }

  /// The name of the material in a model file and in sentences.
  public static let name = "text"
  /// One step of it, in words.
  public static let element = "token"

  /// The text.
  public let corpus: TextCorpus
  /// The training part's tokens and the validation part's; 0 where there is none.
  public let tokens: (training: Int, validation: Int)
  private let parts: TextParts

  /// Opens the inputs of a new training.
  public init(
    _ request: TextTrainingRequest, startingFrom start: TrainedModel?, in folder: RunFolder
  ) throws {
    if let start {
      let tokenKind = try start.textVocabulary().tokenKind
      guard tokenKind == request.tokenKind ?? tokenKind else {
        throw TextTrainingError.otherTokens(path: start.path, tokenKind: tokenKind)
      }
    }
    let corpus = try TextCorpus(
      request, tokenKind: start?.file.vocabulary?.tokenKind ?? request.tokenKind ?? .character,
      in: folder)
    try self.init(corpus, TextParts(request.validation, of: corpus, in: folder))
  }

  /// Opens the inputs of a training again.
  public init(
    reopening record: TextRecord, of model: ModelFile, in folder: RunFolder, moved: MovedPaths
  ) throws {
    guard let vocabulary = model.vocabulary else {
      throw ModelFileError.notTrainable(path: folder.last)
    }
    let corpus = try TextCorpus(
      manifest: record.corpus, vocabulary: vocabulary, spoolFolder: folder.inputs, moved: moved)
    try self.init(corpus, TextParts(reopening: record, of: corpus, in: folder, moved: moved))
  }

  private init(_ corpus: TextCorpus, _ parts: TextParts) {
    self.corpus = corpus
    self.parts = parts
    tokens = (parts.training.count, parts.validation?.count ?? 0)
  }

  /// What is learned from.
  public var training: TrainingData { .stream(parts.training) }
  /// What is validated on; nil where there is nothing.
  public var validation: TrainingData? { parts.validation.map { .stream($0) } }
  /// The table between tokens and indices.
  public var vocabulary: Vocabulary? { corpus.vocabulary }

  /// The network of a new training.
  public func description(
    _ request: TextTrainingRequest, startingFrom start: TrainedModel?
  ) -> ModelDescription {
    var description = request.model.description(vocabularySize: corpus.vocabulary.count)
    if let start, request.takesModelOfStart {
      description.layers = start.network.description.layers
    }
    return description
  }

  /// Gives a new network the weights that it begins with.
  public func prepare(
    _ network: Network, _ request: TextTrainingRequest, startingFrom start: TrainedModel?
  ) throws -> [String] {
    guard let start, let vocabulary = start.file.vocabulary else { return [] }
    let mapping = try VocabularyMapping(from: vocabulary, to: corpus.vocabulary)
    try network.takeParameters(from: start.network, sources: mapping.sources)
    return mapping.explanation.map { [$0] } ?? []
  }

  /// What the model files of a new training tell.
  public func record(_ request: TextTrainingRequest) -> TextRecord {
    TextRecord(
      corpus: corpus.manifest, validation: parts.manifest, validationFraction: parts.fraction,
      sampleEvery: request.sampleEvery, keep: request.keep)
  }

  /// Tokens of a sample text.
  private static let sampleLength = 300

  /// Prepares what makes samples.
  public func samples(
    of trainer: Trainer, _ record: TextRecord, threads: Int
  ) throws -> (_ step: Int, _ path: String) throws -> String {
    let writer = try TextGenerator(
      Generator(trainer.network, threads: threads), vocabulary: corpus.vocabulary,
      sampler: Sampler(temperature: 0.8))
    return { [seed = trainer.configuration.seed] step, path in
      var random = RandomStream(
        seed: seed, purpose: .sampling, lane: UInt32(truncatingIfNeeded: step))
      let text = try writer.text(prompt: "", length: Self.sampleLength, using: &random)
      try DurableFile.write(Array(text.utf8), to: path + ".txt")
      return text
    }
  }
}

extension TrainingRequest where M == TextMaterial {
  /// A training of char-rnn's model on `inputs`: files, folders, `-` for standard input.
  public init(inputs: [String]) { self.init(inputs: inputs, options: M.Options()) }
}

extension TextCorpus {
  /// Reads the text of a request; inputs that can be read only once are kept in the folder.
  init(_ request: TextTrainingRequest, tokenKind: Vocabulary.TokenKind, in folder: RunFolder) throws
  {
    var options = TextCorpusOptions(tokenKind: tokenKind)
    options.minimumCount = request.minimumCount
    options.vocabularySize = request.vocabularySize
    options.spoolFolder = folder.inputs
    try self.init(request.inputs, options: options)
    try checkEncoding(spoolFolder: folder.inputs)
  }
}
