import RefrainMusic
import RefrainTables

extension TrainOptions {
  /// Checks every value by itself.
  ///
  /// - Throws: ``UsageError`` that names the option.
  func check() throws {
    try check("--vocabulary-size", data.vocabularySize, 3...Self.most)
    try check("--minimum-count", data.minimumCount, 1...Self.most)
    try check("--sample-rate", data.sampleRate, SoundFile.sampleRates)
    try checkFrames()
    try check("--grid", data.grid, 1...64)
    try check("--transpose", data.transpose, 0...NotesTrainingRequest.mostHalfTones)
    try check("--test", table.test, atLeast: 0, below: 1)
    try check("--longest-input", table.longestInput, 1...1_000_000)
    try check("--longest-target", table.longestTarget, 1...1_000_000)
    try check("--attention", table.attention, 0...(1 << 21))
    try check("--hidden", model.hidden, 1...(1 << 21))
    try check("--layers", model.layers, (table.targets.isEmpty ? 1 : 0)...100)
    try check("--embedding", model.embedding, 0...(1 << 21))
    try check("--dropout", model.dropout, atLeast: 0, below: 1)
    try check("--input-dropout", model.inputDropout, atLeast: 0, below: 1)
    try check("--components", model.components, 1...64)
    try check("--noise", model.noise, atLeast: 0, below: 10)
    try check("--sequence-length", optimizer.sequenceLength, 1...1_000_000)
    try check("--batch-size", optimizer.batchSize, 1...1_000_000)
    try check("--learning-rate", optimizer.learningRate, atLeast: 0, isOpen: true)
    try check("--weight-decay", optimizer.weightDecay, atLeast: 0)
    try check("--momentum", optimizer.momentum, atLeast: 0, below: 1)
    try check("--warmup", optimizer.warmup, 0...Self.most)
    try check("--clip", optimizer.clip, atLeast: 0)
    try check("--seed", optimizer.seed, 0...Int.max)
    try check("--epochs", limits.epochs, 1...Self.most)
    try check("--steps", limits.steps, 1...Self.most)
    try check("--minutes", limits.minutes, atLeast: 0, isOpen: true)
    try check("--evaluate-every", reports.evaluateEvery, 1...Self.most)
    try check("--save-every", reports.saveEvery, 0...Self.most)
    try check("--sample-every", reports.sampleEvery, 0...Self.most)
    try check("--patience", reports.patience, 0...Self.most)
    try check("--keep", reports.keep, 0...Self.most)
    try check("--threads", threads.given, 0...1024)
  }

  /// A sound is made of frames again, so that each has to lie over the next.
  private func checkFrames() throws {
    let window = data.window ?? SpectrogramSettings().window
    guard (64...65_536).contains(window), window & (window - 1) == 0 else {
      throw UsageError("--window must be a power of two from 64 to 65,536, not \(window).")
    }
    // A model to start from has a window, and a hop, of its own.
    if model.startFrom != nil && data.window == nil { return }
    guard let hop = data.hop, !(1...window / 2).contains(hop) else { return }
    throw UsageError(
      "--hop must be between 1 and half of the window, \((window / 2).grouped), not \(hop).")
  }

  /// Refuses options that mean nothing for what is learned.
  ///
  /// - Parameter subject: what that is, such as `poems.txt is text`.
  func checkMeaning(for kind: InputKind, _ subject: String) throws {
    for option in TrainOption.all where option.value(self) != nil {
      guard !option.only.isEmpty, !option.only.contains(kind) else { continue }
      let materials = option.only.map(\.material)
      let all = [materials.dropLast().joined(separator: ", "), materials[materials.count - 1]]
        .filter { !$0.isEmpty }.joined(separator: " and ")
      throw UsageError("--\(option.name) is for \(all), and \(subject); leave it out.")
    }
    if let cell = model.cell, cell.kind == nil, kind == .sound || kind == .notes {
      throw UsageError(
        "--cell \(cell.rawValue) is for text and tables, and \(subject); take a recurrent unit, such as "
          + "lstm.")
    }
  }

  /// The largest count that is taken: products of two stay far from the largest integer.
  private static let most = 1_000_000_000

  private func check(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
    guard let value, !range.contains(value) else { return }
    let bounds =
      range.upperBound == .max
      ? "\(range.lowerBound) or more"
      : "between \(range.lowerBound) and \(range.upperBound.grouped)"
    throw UsageError("\(name) must be \(bounds), not \(value).")
  }

  private func check(
    _ name: String, _ value: Double?, atLeast least: Int, isOpen: Bool = false,
    below limit: Int? = nil
  ) throws {
    guard let value else { return }
    let isAbove = isOpen ? value > Double(least) : value >= Double(least)
    let isBelow = limit.map { value < Double($0) } ?? (value <= 1e9)
    if isAbove && isBelow { return }
    let lower = isOpen ? "greater than \(least)" : "at least \(least)"
    let upper = limit.map { "less than \($0)" } ?? "at most a thousand million"
    let shown = Int(exactly: value).map { String($0) } ?? String(value)
    throw UsageError("\(name) must be \(lower) and \(upper), not \(shown).")
  }
}
