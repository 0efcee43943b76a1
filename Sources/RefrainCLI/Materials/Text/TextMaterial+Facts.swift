internal import Foundation
internal import Refrain
internal import RefrainRuns
internal import RefrainText

extension TextMaterial {
  static func facts(_ model: TrainedModel) throws -> MaterialFacts {
    // A model of text need not come from a run.
    let record = model.file.hasLearned(Self.self) ? try model.record(of: Self.self) : nil
    return MaterialFacts(
      paragraphs: record.map { [data($0)] } ?? [], json: record.map(json),
      measures: { loss in
        let bits = model.file.vocabulary.flatMap { vocabulary in
          vocabulary.tokenKind == .word
            ? nil
            : " (\((loss / log(2)).fixed(3)) bits per \(vocabulary.tokenKind.singular))"
        }
        return "\(loss.fixed(4)) nats per token" + (bits ?? "")
      })
  }

  private static func data(_ text: TextRecord) -> String {
    var lines = [
      "Text: \(text.corpus.tokens.of("token")) of \(text.corpus.documents.count.of("file"))."
    ]
    lines += files(text.corpus)
    if let validation = text.validation {
      lines.append("Validation text: \(validation.tokens.of("token")).")
      lines += files(validation)
    } else {
      lines.append(
        text.validationTokens > 0
          ? "The last \(text.validationTokens.of("token")) are for validation."
          : "Nothing is for validation.")
    }
    return lines.joined(separator: "\n")
  }

  private static func files(_ text: CorpusManifest) -> [String] {
    let documents = text.documents
    let shown = documents.prefix(10).map {
      "  \($0.copyOf ?? $0.path), \($0.size.of("byte"))"
    }
    let rest = documents.count - shown.count
    return shown + (rest > 0 ? ["  and \(rest.of("more file"))"] : [])
  }

  private static func json(_ text: TextRecord) -> JSONValue {
    func documents(_ text: CorpusManifest?) -> JSONValue {
      .array(
        (text?.documents ?? []).map {
          ["path": .string($0.copyOf ?? $0.path), "bytes": .integer($0.size)]
        })
    }
    return [
      "tokens": .integer(text.corpus.tokens), "documents": documents(text.corpus),
      "validation_tokens": .integer(text.validationTokens),
      "validation_documents": documents(text.validation),
    ]
  }
}
