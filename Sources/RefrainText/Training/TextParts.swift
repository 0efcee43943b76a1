import Refrain
import RefrainRuns

/// The training part and the validation part of a text.
struct TextParts {
  let training: any TokenCorpus
  let validation: (any TokenCorpus)?
  /// The validation text, if it is one of its own.
  let manifest: CorpusManifest?
  /// The share of the tail; 0 where the validation text is one of its own.
  let fraction: Double

  init(
    _ validation: TextMaterial.Options.Validation, of corpus: TextCorpus, in folder: RunFolder
  ) throws {
    switch validation {
    case .tail(let fraction): self.init(tail: fraction, of: corpus)
    case .file(let path):
      var options = TextCorpusOptions(tokenKind: corpus.vocabulary.tokenKind)
      options.vocabulary = corpus.vocabulary
      let spoolFolder = Self.spoolFolder(in: folder)
      options.spoolFolder = spoolFolder
      let text = try TextCorpus([path], options: options)
      try text.checkEncoding(spoolFolder: spoolFolder)
      self.init(corpus, text)
    }
  }

  init(
    reopening record: TextRecord, of corpus: TextCorpus, in folder: RunFolder?, moved: MovedPaths
  ) throws {
    guard let manifest = record.validation else {
      self.init(tail: record.validationFraction, of: corpus)
      return
    }
    let text = try TextCorpus(
      manifest: manifest, vocabulary: corpus.vocabulary,
      spoolFolder: folder.map(Self.spoolFolder), moved: moved)
    self.init(corpus, text)
  }

  private static func spoolFolder(in folder: RunFolder) -> String {
    folder.inputs + "/validation"
  }

  private init(tail fraction: Double, of corpus: TextCorpus) {
    (training, validation) = corpus.split(validationFraction: fraction)
    manifest = nil
    self.fraction = fraction
  }

  private init(_ corpus: TextCorpus, _ text: TextCorpus) {
    training = corpus
    validation = text
    manifest = text.manifest
    fraction = 0
  }
}
