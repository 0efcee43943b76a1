internal import Foundation
internal import Refrain

/// How well a model, and simpler ways of predicting, do on a text.
public struct TextEvaluation: Codable, Equatable, Sendable {
  /// Tokens that were predicted.
  public let tokens: Int
  /// The mean loss in nats per token.
  public let natsPerToken: Double
  /// Bits per character, or per byte for a model of bytes.
  public let bitsPerCharacter: Double
  /// e to the loss per token.
  public let perplexity: Double
  /// The same for the first ``/Refrain/Evaluator/beginningLength`` tokens after an empty state, as when the model
  /// generates; nil by the first rules (``/RefrainVocabulary/Vocabulary/Rules``), and for a text without line breaks.
  public let fromBeginning: Baseline?
  /// The simpler ways, measured on the same tokens; empty where there is nothing to train them on.
  public let baselines: Baselines?
  /// A sentence about what is missing.
  public let remark: String?

  private enum CodingKeys: String, CodingKey {
    case tokens, natsPerToken, bitsPerCharacter, perplexity, fromBeginning, baselines
    case remark = "note"
  }

  /// Simpler ways of predicting.
  public struct Baselines: Codable, Equatable, Sendable {
    /// An interpolated Kneser-Ney model of order 5 over the same tokens.
    public let ngram: Baseline
    /// gzip's deflate, primed with the end of the training text.
    public let gzip: Baseline
  }

  /// How well one way of predicting does.
  public struct Baseline: Codable, Equatable, Sendable {
    /// The mean loss in nats per token.
    public let natsPerToken: Double
    /// Bits per character, or per byte for a model of bytes.
    public let bitsPerCharacter: Double
  }
}

/// A text and what is known of it, to measure models on.
struct MeasuredText {
  let corpus: any TokenCorpus
  let vocabulary: Vocabulary

  /// Calls `body` with every token's text as UTF-8, and whether a document starts with it.
  func forEachPiece(_ body: (_ text: [UInt8], _ isStart: Bool) throws -> Void) throws {
    var decoder = Vocabulary.Decoder(vocabulary)
    try corpus.forEachToken(in: 0..<corpus.count) { token, isStart in
      // Bytes are told one by one: some make no character.
      if vocabulary.tokenKind == .byte {
        return try body([UInt8(truncatingIfNeeded: token)], isStart)
      }
      if isStart { _ = decoder.finish() }
      try body(Array(decoder.append(token).utf8), isStart)
    }
  }

  /// Characters of the text, or bytes for a model of bytes: all of them, and those of the tokens that
  /// are predicted, which are all but the first of each document.
  func characters() throws -> (all: Int, predicted: Int) {
    var all = 0
    var predicted = 0
    try forEachPiece { text, isStart in
      let count =
        vocabulary.tokenKind == .byte
        ? 1 : String(decoding: text, as: UTF8.self).unicodeScalars.count
      all += count
      if !isStart { predicted += count }
    }
    return (all, predicted)
  }
}
