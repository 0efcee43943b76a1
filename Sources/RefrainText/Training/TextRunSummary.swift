internal import Foundation
public import Refrain

/// What a text model's file says of the text that it was trained with.
public struct TextRunSummary: Codable, Equatable, Sendable {
  /// One file of the text.
  public struct Document: Codable, Equatable, Sendable {
    /// Where it lay; for an input that could be read only once, what it was.
    public let path: String
    /// Bytes of text.
    public let bytes: Int
  }

  /// The files of the text.
  public let documents: [Document]
  /// Tokens of these, the tail for validation included.
  public let tokens: Int
  /// The share of the tokens at the end that is kept for validation.
  public let validationFraction: Double
  /// The files of a validation text of its own; empty where there is none.
  public let validationDocuments: [Document]
  /// Tokens of the validation part; 0 where there is none.
  public let validationTokens: Int

  /// What the file says; nil for a model that no text run has made.
  public init?(_ model: ModelFile) {
    guard let information = try? model.textRunInformation(path: "") else { return nil }
    documents = Self.documents(information.corpus)
    tokens = information.corpus.tokens
    validationFraction = information.validationFraction
    validationDocuments = information.validation.map(Self.documents) ?? []
    validationTokens =
      information.validation?.tokens
      ?? Int((Double(information.corpus.tokens) * information.validationFraction).rounded())
  }

  private static func documents(_ manifest: CorpusManifest) -> [Document] {
    manifest.documents.map { Document(path: $0.copyOf ?? $0.path, bytes: $0.size) }
  }
}
