import Foundation
import Refrain
import RefrainRuns
import RefrainText

/// How a training on text is told.
extension TextMaterial: CommandMaterial {
  static let plural = "text"
  static let predicate = "is text"
  static let files = "files of text"

  private var tokenKind: Vocabulary.TokenKind { corpus.report.tokenKind }

  var words: MaterialWords {
    MaterialWords(
      title: "Text", element: tokenKind.singular, shortElements: tokenKind.short,
      speed: "tokens_per_second",
      fewSteps: (500, "most texts need thousands"))
  }

  func lines(of run: TextRun) -> [String] {
    let split =
      tokens.validation > 0
      ? "\(tokens.training.grouped) \(tokenKind.plural) for training, "
        + "\(tokens.validation.grouped) for validation."
      : "All of it is for training, nothing for validation."
    return report(of: run) + [split]
  }

  private func report(of run: TextRun) -> [String] {
    corpus.report.lines(parameters: run.trainer.network.parameterCount).map(\.inCommand)
  }

  func measures(_ loss: Double, of description: ModelDescription) -> String {
    tokenKind.measures(loss)
  }

  var columns: [(name: String, width: Int)] {
    switch tokenKind {
    case .character: [("bits/char", 12)]
    case .byte: [("bits/byte", 12)]
    case .word: [("perplexity", 12)]
    }
  }

  func cells(_ report: EvaluationReport, _ sample: String?) -> [String] {
    [tokenKind == .word ? exp(report.loss).short : (report.loss / log(2)).fixed(2)]
  }

  /// Lines of a sample that are shown; the whole of it is in the run folder.
  private static let sampleLines = 4

  static func lines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).prefix(sampleLines).map { line in
      let visible = String(String.UnicodeScalarView(line.unicodeScalars.map(\.visible)))
      return "| " + visible.prefix(76)
    }
  }

  /// With the first words of its text.
  static func commandToGenerate(_ run: TextRun) throws -> String {
    let corpus = run.material.corpus
    let command = "refrain generate \(run.folder.path.quotedForShell)"
    var tokens = [Int32](repeating: 0, count: Swift.min(40, corpus.count))
    var starts = [Bool](repeating: false, count: tokens.count)
    var tokenSpan = tokens.mutableSpan
    var startSpan = starts.mutableSpan
    var cursor = try corpus.cursor(at: 0)
    let count = try cursor.read(into: &tokenSpan, starts: &startSpan)
    let text = corpus.vocabulary.decode(Array(tokens.prefix(count)))
    let words = text.split(whereSeparator: \.isWhitespace).prefix(2).joined(separator: " ")
    let isPlain = words.unicodeScalars.allSatisfy { $0.visible == $0 }
    return words.isEmpty || !isPlain ? command : "\(command) --prompt \(words.quotedForShell)"
  }

  func json(of run: TextRun) -> [(String, JSONValue)] {
    let report = corpus.report
    return [
      ("tokens_are", .string(report.tokenKind.rawValue)), ("documents", .integer(report.documents)),
      ("bytes", .integer(report.bytes)), ("tokens", .integer(report.tokens)),
      ("vocabulary", .integer(report.vocabularySize)),
      ("training_tokens", .integer(tokens.training)),
      ("validation_tokens", .integer(tokens.validation)),
      ("report", .array(self.report(of: run).map { .string($0) })),
    ]
  }

  static func json(of text: String) -> (event: String, members: [(String, JSONValue)]) {
    ("sample", [("text", .string(text))])
  }
}

extension Vocabulary.TokenKind {
  /// One token.
  var singular: String {
    switch self {
    case .character: "character"
    case .word: "word"
    case .byte: "byte"
    }
  }

  /// A loss per token in every measure that has a meaning.
  func measures(_ loss: Double) -> String {
    let nats = "\(loss.fixed(4)) nats per \(singular)"
    switch self {
    case .character: return nats + " (\((loss / log(2)).fixed(2)) bits per character)"
    case .byte: return nats + " (\((loss / log(2)).fixed(2)) bits per byte)"
    case .word: return nats + " (perplexity \(exp(loss).short))"
    }
  }

  /// Several tokens.
  var plural: String { singular + "s" }

  /// For the head of a column.
  var short: String { self == .character ? "chars" : plural }
}
