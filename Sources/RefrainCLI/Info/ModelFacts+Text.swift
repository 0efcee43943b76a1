internal import Foundation
internal import Refrain
internal import RefrainRuns

extension ModelFacts {
  /// The facts in paragraphs for people.
  var text: String {
    get throws {
      var parts = [
        "\(model.path): \(Double(fileSize).asBytes), version \(model.file.version) of the model format.",
        try model.network.description.summary(),
      ]
      if let vocabulary = model.file.vocabulary { parts.append(Self.vocabulary(vocabulary)) }
      if let training = model.file.training {
        parts.append(configuration(training))
        parts.append(progress(training))
      } else {
        parts.append(
          "The file holds no training state: the model can be used, but its training cannot be resumed."
        )
      }
      parts += material.paragraphs
      return parts.joined(separator: "\n\n")
    }
  }

  private static func vocabulary(_ vocabulary: Vocabulary) -> String {
    switch vocabulary.tokenKind {
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
    if let minutes = training.limits.minutes { limits.append((minutes * 60).asDuration) }
    let warmup = c.schedule.warmup > 0 ? ", warm-up of \(c.schedule.warmup.of("step"))" : ""
    let rows: [[String]] = [
      [
        "batch",
        material.batch(c),
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
    if let loss = progress.bestLoss, let step = progress.bestStep {
      text += "\nBest validation loss: \(material.measures(loss)) at step \(step.grouped)."
    }
    return text
  }
}
