import Refrain

extension TextRun {
  /// The training part and the validation part.
  struct Parts {
    let training: any TokenCorpus
    let validation: (any TokenCorpus)?
    /// The validation text, if it is one of its own.
    let manifest: CorpusManifest?
    let fraction: Double

    init(
      _ validation: TextTrainingRequest.Validation, corpus: TextCorpus, folder: RunFolder
    ) throws {
      switch validation {
      case .tail(let fraction):
        self.init(tail: fraction, of: corpus)
      case .file(let path):
        var options = TextCorpusOptions(unit: corpus.vocabulary.unit)
        options.vocabulary = corpus.vocabulary
        options.spoolFolder = folder.inputs + "/validation"
        let text = try TextCorpus([path], options: options)
        self.init(corpus, text)
      }
    }

    init(
      reopening information: TextRunInformation, corpus: TextCorpus, folder: RunFolder,
      moved: [String: String]
    ) throws {
      guard let manifest = information.validation else {
        self.init(tail: information.validationFraction, of: corpus)
        return
      }
      let text = try TextCorpus(
        manifest: manifest, vocabulary: corpus.vocabulary,
        spoolFolder: folder.inputs + "/validation", moved: moved)
      self.init(corpus, text)
    }

    private init(tail fraction: Double, of corpus: TextCorpus) {
      let split = corpus.split(validationFraction: fraction)
      training = split.training
      validation = split.validation
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
}
