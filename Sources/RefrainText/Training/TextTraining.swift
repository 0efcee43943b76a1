internal import Foundation
public import Refrain

/// What a training on text is asked for.
public struct TextTrainingRequest: Sendable {
  /// Where the validation text comes from.
  public enum Validation: Sendable, Equatable {
    /// The tail of the text: this share of its tokens, in 0..<1; 0 for none.
    case tail(Double)
    /// A text of its own.
    case file(String)
  }

  /// Files, folders, `-`.
  public var inputs: [String]
  /// What a token is; nil: what it is in the model of ``startFrom``, or a character.
  public var unit: Vocabulary.Unit?
  /// The largest vocabulary of words; nil: no limit.
  public var vocabularySize: Int?
  /// Words that are rarer become the unknown word.
  public var minimumCount = 1
  /// The network.
  public var model = TextModel()
  /// How it is trained.
  public var configuration = TrainingConfiguration()
  /// When the training ends.
  public var limits = TrainingLimits(epochs: 50)
  /// Where the validation text comes from.
  public var validation = Validation.tail(0.1)
  /// A model file or run folder whose weights to begin with.
  public var startFrom: String?
  /// True where the layers of ``startFrom`` are taken instead of ``model``.
  public var takesModelOfStart = false
  /// Steps between two sample texts; 0: one at each evaluation.
  public var sampleEvery = 0
  /// Models of the last evaluations to keep besides the best and the last.
  public var keep = 0
  /// How many threads to use; 0: all cores.
  public var threads = 0

  /// A training of char-rnn's model on `inputs`.
  public init(inputs: [String]) { self.inputs = inputs }

  /// Reads the text; inputs that can be read only once are kept in the folder.
  func corpus(of unit: Vocabulary.Unit, in folder: RunFolder) throws -> TextCorpus {
    var options = TextCorpusOptions(unit: unit)
    options.minimumCount = minimumCount
    options.vocabularySize = vocabularySize
    options.spoolFolder = folder.inputs
    return try TextCorpus(inputs, options: options)
  }
}

/// What must be known besides the model file to go on with a run; kept in the model file.
struct TextRunInformation: Codable {
  var corpus: CorpusManifest
  var validation: CorpusManifest?
  /// The share of the tail, where there is no validation text of its own.
  var validationFraction: Double
  var sampleEvery: Int
  var keep: Int
}

extension ModelFile {
  /// What a text model's file says of its run.
  func textRunInformation(path: String) throws -> TextRunInformation {
    guard let text = information["text"],
      let value = try? JSONDecoder().decode(TextRunInformation.self, from: Data(text.utf8)),
      (0..<1).contains(value.validationFraction), value.keep >= 0, value.sampleEvery >= 0
    else { throw ModelFileError.notTrainable(path: path) }
    return value
  }
}
