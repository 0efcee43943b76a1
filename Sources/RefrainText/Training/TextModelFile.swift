internal import Refrain
internal import RefrainRuns

extension TrainedModel {
  /// The vocabulary of a model that reads a text and predicts, at each step, the next token.
  ///
  /// - Throws: ``ModelFileError`` if this is none.
  func textVocabulary() throws -> Vocabulary {
    guard let vocabulary = file.vocabulary else {
      throw ModelFileError.damaged(path: path, what: "it has no vocabulary, so it is no text model")
    }
    let description = network.description
    if description.looksAhead || description.predictsOnlyLast || description.encoder != nil {
      throw ModelFileError.damaged(
        path: path, what: "its network does not predict a text's next token, so it is no text model"
      )
    }
    return vocabulary
  }
}
