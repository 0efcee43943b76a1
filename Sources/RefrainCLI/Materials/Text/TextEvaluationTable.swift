internal import Foundation
internal import Refrain
internal import RefrainText

/// An evaluation, as a table for people and for programs.
struct TextEvaluationTable {
  private let evaluation: TextEvaluation
  private let tokenKind: Vocabulary.TokenKind
  private let model: String
  private let isValidationPart: Bool

  init(
    _ evaluation: TextEvaluation, tokenKind: Vocabulary.TokenKind, model: String,
    isValidationPart: Bool
  ) {
    self.evaluation = evaluation
    self.tokenKind = tokenKind
    self.model = model
    self.isValidationPart = isValidationPart
  }

  /// For people: the lines, each ended.
  var text: String {
    let what = isValidationPart ? " of the run's own validation part" : ""
    var lines = ["\(model) on \(evaluation.tokens.of(tokenKind.singular))\(what):", ""]
    lines += TextTable(rows: [header] + rows, leftColumns: 1).lines
    lines += [""]
    if evaluation.baselines != nil { lines.append(baselineSentence) }
    if evaluation.fromBeginning != nil { lines.append(beginningSentence) }
    if let remark = evaluation.remark { lines.append(remark) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var header: [String] {
    [
      "", "nats per token", tokenKind == .byte ? "bits per byte" : "bits per character",
      "perplexity",
    ]
  }

  private var rows: [[String]] {
    var rows = [
      row("this model", evaluation.natsPerToken, evaluation.bitsPerCharacter)
    ]
    if let beginning = evaluation.fromBeginning {
      rows.append(
        row("this model, from the beginning", beginning.natsPerToken, beginning.bitsPerCharacter))
    }
    if let baselines = evaluation.baselines {
      rows.append(
        row("n-grams", baselines.ngram.natsPerToken, baselines.ngram.bitsPerCharacter))
      rows.append(row("gzip", baselines.gzip.natsPerToken, baselines.gzip.bitsPerCharacter))
    }
    return rows
  }

  private func row(_ name: String, _ nats: Double, _ bits: Double) -> [String] {
    let perplexity = exp(nats)
    return [name, nats.fixed(4), bits.fixed(3), perplexity.fixed(perplexity < 100 ? 2 : 0)]
  }

  private var baselineSentence: String {
    let name = tokenKind.singular
    return """
      Lower is better. n-grams: a Kneser-Ney model of order 5 of the training text (at most its last \
      \(TextEvaluator.ngramLimit.grouped) \(name)s). gzip: deflate at its highest level, which has seen \
      the last 32 KiB of the training text.
      """
  }

  private var beginningSentence: String {
    "From the beginning: the first \(Evaluator.beginningLength) \(tokenKind.singular)s of texts that begin at a "
      + "line's beginning, as when the model generates; otherwise in context."
  }

  /// For programs.
  var json: JSONValue {
    func value(_ baseline: TextEvaluation.Baseline) -> JSONValue {
      [
        "nats_per_token": .number(baseline.natsPerToken),
        "bits_per_character": .number(baseline.bitsPerCharacter),
      ]
    }
    var members: [(key: String, value: JSONValue)] = [
      ("tokens", .integer(evaluation.tokens)),
      ("nats_per_token", .number(evaluation.natsPerToken)),
      ("bits_per_character", .number(evaluation.bitsPerCharacter)),
      ("perplexity", .number(evaluation.perplexity)),
      (
        "baselines",
        evaluation.baselines.map { ["ngram": value($0.ngram), "gzip": value($0.gzip)] } ?? .null
      ),
    ]
    if let beginning = evaluation.fromBeginning {
      members.append(("from_beginning", value(beginning)))
    }
    if let remark = evaluation.remark { members.append(("note", .string(remark))) }
    return .object(members)
  }
}
