import Refrain
import RefrainText

extension TextRun {
  /// The command that gives a training that has ended more.
  func commandForMore(after end: TrainingEnd) -> String {
    let command = "refrain resume \(folder.path.quotedForShell)"
    if case .noImprovement = end { return "\(command) --allow-config-change --patience 0" }
    let limits = trainer.checkpoint().limits
    let factor = hasFewSteps ? 20 : 2
    if let epochs = limits.epochs { return "\(command) --epochs \(factor * epochs)" }
    if let steps = limits.steps { return "\(command) --steps \(factor * steps)" }
    guard let minutes = limits.minutes else { return command }
    return "\(command) --minutes \(Int(exactly: minutes).map { String($0) } ?? String(minutes))"
  }

  /// Whether the training has hardly begun.
  var hasFewSteps: Bool { trainer.progress.step < 500 }

  /// The command that lets the model write, with the first words of its text.
  ///
  /// - Throws: what reading the text throws.
  func commandToGenerate() throws -> String {
    let command = "refrain generate \(folder.path.quotedForShell)"
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
}
