internal import Foundation
internal import Refrain
internal import RefrainTables
internal import RefrainText

extension ModelFacts {
  /// The facts in paragraphs for people.
  var text: String {
    get throws {
      var parts = [
        "\(path): \(Double(fileSize).asBytes), version \(ModelFile.version) of the model format.",
        try model.network.description.summary(),
      ]
      if let vocabulary = model.vocabulary { parts.append(Self.vocabulary(vocabulary)) }
      if let training = model.training {
        parts.append(configuration(training))
        parts.append(progress(training))
      } else {
        parts.append("It holds no training to go on with: it is for use only.")
      }
      if let run { parts.append(Self.data(run)) }
      if let music { parts.append(contentsOf: Self.paragraphs(music)) }
      if let table { parts.append(Self.paragraph(table)) }
      if let notes { parts.append(contentsOf: Self.paragraphs(notes)) }
      return parts.joined(separator: "\n\n")
    }
  }

  private static func vocabulary(_ vocabulary: Vocabulary) -> String {
    switch vocabulary.unit {
    case .byte: return "Vocabulary: all 256 bytes."
    case .character:
      let shown = vocabulary.tokens.map { Self.visible($0) }.joined(separator: " ")
      let text = shown.count > 300 ? shown.prefix(300) + " …" : shown
      return "Vocabulary: \(vocabulary.count.of("character")).\n  \(text)"
    case .word:
      // The first three are not words: <unk>, <join> and the space.
      let shown = vocabulary.tokens.dropFirst(3).prefix(24).map { Self.visible($0) }
        .joined(separator: " ")
      return "Vocabulary: \(vocabulary.count.of("word")), the most frequent first.\n  \(shown) …"
    }
  }

  /// A token that can be seen.
  private static func visible(_ token: String) -> String {
    switch token {
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    case " ": "␣"
    default:
      token.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        ? token : "\u{FFFD}"
    }
  }

  private func configuration(_ training: TrainingCheckpoint) -> String {
    let c = training.configuration
    var limits: [String] = []
    if let epochs = training.limits.epochs { limits.append(epochs.of("epoch")) }
    if let steps = training.limits.steps { limits.append(steps.of("step")) }
    if let minutes = training.limits.minutes { limits.append("\(minutes.plain) min") }
    let warmup = c.schedule.warmup > 0 ? ", warm-up of \(c.schedule.warmup.of("step"))" : ""
    let rows: [[String]] = [
      [
        "batch",
        table == nil
          ? "\(c.batchSize.of("sequence")) of \(c.sequenceLength.of("step"))"
          : c.batchSize.of("row"),
      ],
      ["optimizer", "\(c.optimizer.inWords), learning rate \(c.learningRate.plain)"],
      ["schedule", ScheduleName(c.schedule.shape).rawValue + warmup],
      ["clip", c.clip > 0 ? c.clip.plain : "none"],
      ["seed", "\(c.seed)"],
      ["until", limits.isEmpty ? "it is stopped" : limits.joined(separator: " or ")],
    ]
    return "Training:\n"
      + TextTable(rows: rows.map { ["  " + $0[0], $0[1]] }, leftColumns: 2).lines
      .joined(separator: "\n")
  }

  private func progress(_ training: TrainingCheckpoint) -> String {
    let progress = training.progress
    var text =
      "So far: \(progress.step.of("step")), \(progress.epoch.of("whole epoch"))."
    let measure =
      switch InputKind(of: model) {
      case .text: "nats per token"
      case .sound: model.network.description.lossInWords
      case .notes: "nats per moment"
      case .table: ""
      }
    if let loss = progress.bestLoss, let step = progress.bestStep {
      let measured = table?.task.measures(loss) ?? "\(loss.fixed(4)) \(measure)"
      text += "\nBest validation loss: \(measured)"
      if let bits = bits(loss) {
        text += " (\(bits.fixed(3)) bits per \(model.vocabulary?.unit.singular ?? "token"))"
      }
      text += " at step \(step.grouped)."
    }
    return text
  }

  private static func data(_ text: TextRunSummary) -> String {
    var lines = ["Text: \(text.tokens.of("token")) of \(text.documents.count.of("file"))."]
    lines += files(text.documents)
    if text.validationDocuments.isEmpty {
      lines.append(
        text.validationTokens > 0
          ? "The last \(text.validationTokens.of("token")) are kept for validation."
          : "Nothing is kept for validation.")
    } else {
      lines.append("Validation text: \(text.validationTokens.of("token")).")
      lines += files(text.validationDocuments)
    }
    return lines.joined(separator: "\n")
  }

  private static func files(_ documents: [TextRunSummary.Document]) -> [String] {
    let shown = documents.prefix(10).map { "  \($0.path), \($0.bytes.of("byte"))" }
    let rest = documents.count - shown.count
    return shown + (rest > 0 ? ["  and \(rest.of("more file"))"] : [])
  }
}

extension Double {
  /// As one would type it: `5`, not `5.0`.
  var plain: String { Int(exactly: self).map(String.init) ?? "\(self)" }

  /// Bytes as a person says them: `2.6 MB`.
  var asBytes: String {
    switch self {
    case 1e9...: (self / 1e9).fixed(1) + " GB"
    case 1e6...: (self / 1e6).fixed(1) + " MB"
    case 1e3...: (self / 1e3).fixed(1) + " kB"
    default: "\(Int(self)) bytes"
    }
  }
}
