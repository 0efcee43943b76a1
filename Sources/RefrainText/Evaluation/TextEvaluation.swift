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
  /// The simpler ways, measured on the same tokens; empty where there is nothing to train them on.
  public let baselines: Baselines?
  /// A sentence about what is missing.
  public let note: String?

  /// Simpler ways of predicting.
  public struct Baselines: Codable, Equatable, Sendable {
    /// An interpolated Kneser-Ney model of order 5 over the same tokens.
    public let ngram: Baseline
    /// gzip's deflate, primed with the end of the training text.
    public let gzip: Baseline
  }

  /// One simpler way.
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
  /// The first token is only read, so these are predicted.
  var tokens: Int { corpus.count - 1 }

  /// Calls `body` with the text as UTF-8, in pieces.
  func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
    var cursor = try corpus.cursor(at: 0)
    var decoder = Vocabulary.Decoder(vocabulary)
    var tokens = [Int32](repeating: 0, count: 4096)
    var starts = [Bool](repeating: false, count: 4096)
    while true {
      var tokenSpan = tokens.mutableSpan
      var startSpan = starts.mutableSpan
      let count = try cursor.read(into: &tokenSpan, starts: &startSpan)
      if count == 0 { break }
      if vocabulary.unit == .byte {
        try body(tokens[..<count].map { UInt8(truncatingIfNeeded: $0) })
      } else {
        try body(Array(tokens[..<count].map { decoder.append($0) }.joined().utf8))
      }
    }
    let rest = decoder.finish()
    if !rest.isEmpty { try body(Array(rest.utf8)) }
  }

  /// Characters of the text, or bytes for a model of bytes: all of them, and those of the predicted
  /// tokens.
  func characterCounts() throws -> (all: Int, predicted: Int) {
    switch vocabulary.unit {
    case .character, .byte: return (corpus.count, tokens)
    case .word:
      var count = 0
      try forEachPiece { count += String(decoding: $0, as: UTF8.self).unicodeScalars.count }
      return (count, count - (try firstTokenCharacters()))
    }
  }

  private func firstTokenCharacters() throws -> Int {
    var token: [Int32] = [0]
    var starts = [false]
    var tokenSpan = token.mutableSpan
    var startSpan = starts.mutableSpan
    var cursor = try corpus.cursor(at: 0)
    _ = try cursor.read(into: &tokenSpan, starts: &startSpan)
    return vocabulary.decode(token).unicodeScalars.count
  }
}
