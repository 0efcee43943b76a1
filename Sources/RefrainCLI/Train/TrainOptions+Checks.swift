import RefrainMusic

extension TrainOptions {
  /// Checks every value by itself.
  ///
  /// - Throws: ``UsageError`` that names the option.
  func check() throws {
    try check("--vocabulary-size", data.vocabularySize, 3...Self.most)
    try check("--minimum-count", data.minimumCount, 1...Self.most)
    try check("--sample-rate", data.sampleRate, SoundFile.sampleRates)
    try checkFrames()
    try check("--hidden", model.hidden, 1...(1 << 21))
    try check("--layers", model.layers, 1...100)
    try check("--embedding", model.embedding, 0...(1 << 21))
    try check("--dropout", model.dropout, atLeast: 0, below: 1)
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
      guard let only = option.only, only != kind else { continue }
      throw UsageError(
        "--\(option.name) is for \(only == .text ? "text" : "music"), and \(subject); leave it out."
      )
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
