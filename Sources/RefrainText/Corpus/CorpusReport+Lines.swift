public import Refrain
internal import RefrainRuns

extension CorpusReport {
  /// The report as sentences for people.
  ///
  /// - Parameter parameters: the size of the model that is to learn the text; with it the report
  ///   advises whether both go together.
  public func lines(parameters: Int? = nil) -> [Sentence] {
    var lines: [String] = [summary]
    if !rarest.isEmpty { lines.append(rarestSentence) }
    if unknownTokens > 0 { lines.append(unknownSentence) }
    if forgottenCount > 0 {
      lines.append(
        "There are more than a million different words: some of those that had come up to "
          + "\(Self.count(forgottenCount, "time")) were forgotten while counting.")
    }
    lines += substitutionSentence.map { [$0] } ?? []
    lines += encodingSentences
    if repeatedLines > 0 { lines.append(repetitionSentence) }
    lines += skipped.map { "Skipped \($0.path): \($0.reason)." }
    let sentences: [Sentence] = lines.map { "\($0)" }
    return sentences + (parameters.map { [advice(parameters: $0)] } ?? [])
  }

  /// What of the text was not read as it stands, as sentences for people; none for a plain text.
  public var readingRemarks: [String] {
    (substitutionSentence.map { [$0] } ?? [])
      + (unknownTokens > 0 ? [unknownSentence] : [])
      + (invalidSequences > 0 ? encodingSentences.suffix(1) : [])
      + skipped.map { "Skipped \($0.path): \($0.reason)." }
  }

  private var unknownSentence: String {
    "\(Self.grouped(unknownTokens)) words (\(Self.percent(unknownTokens, of: tokens))) are not "
      + "in the vocabulary and read as <unk>."
  }

  private var summary: String {
    let files = documents == 1 ? "1 document" : "\(Self.grouped(documents)) documents"
    let tokenName =
      switch tokenKind {
      case .character: "characters"
      case .word: "tokens (words, punctuation and line breaks)"
      case .byte: "bytes"
      }
    let size = tokenKind == .byte ? "" : " of \(Self.grouped(bytes)) bytes"
    return "\(files)\(size): \(Self.grouped(tokens)) \(tokenName), a vocabulary of "
      + "\(Self.grouped(vocabularySize))."
  }

  private var rarestSentence: String {
    let list = rarest.map {
      "\(Substitution.visible($0.token)) \($0.count == 1 ? "once" : "\($0.count) times")"
    }
    return "The rarest: " + list.joined(separator: ", ") + "."
  }

  private var substitutionSentence: String? {
    Substitution.explanation(
      replaced: substitutions.filter { !$0.replacement.isEmpty },
      leftOut: substitutions.filter { $0.replacement.isEmpty })
  }

  private var encodingSentences: [String] {
    var lines: [String] = []
    if byteOrderMarks > 0 {
      lines.append("A byte-order mark was skipped in \(Self.count(byteOrderMarks, "file")).")
    }
    if carriageReturnLines > 0 {
      lines.append(
        "\(Self.count(carriageReturnLines, "line")) of \(Self.grouped(self.lines)) end in CR LF, "
          + "as on Windows; the carriage returns are kept and learned.")
    }
    if invalidSequences > 0 {
      let hint =
        looksLikeLatin1
        ? " The text looks like Latin-1: convert it with iconv -f latin1 -t utf-8." : ""
      lines.append(
        "\(Self.count(invalidSequences, "invalid UTF-8 sequence")) read as U+FFFD.\(hint)")
    }
    return lines
  }

  private var repetitionSentence: String {
    let share = Self.percent(repeatedLines, of: comparedLines)
    let what = comparesAllLines ? "lines" : "sampled lines"
    return "\(Self.grouped(repeatedLines)) of \(Self.grouped(comparedLines)) \(what) of 20 bytes "
      + "and more (\(share)) repeat another."
  }

  /// Rule of thumb: about as many parameters as characters, give or take an order of magnitude.
  private func advice(parameters: Int) -> Sentence {
    let size = tokenKind == .character ? tokens : bytes
    let name = tokenKind == .character ? "characters" : "bytes"
    let ratio = Double(parameters) / Double(max(size, 1))
    let both = "\(Self.grouped(parameters)) parameters for \(Self.grouped(size)) \(name)"
    if ratio > 5 {
      return "\(both): the model is large for this text and may learn it by heart; raise "
        + "\(.dropout) (0.3 to 0.5), or lower \(.hidden)."
    }
    if ratio < 0.1 {
      return "\(both): the text could teach a larger model more; raise \(.hidden) or \(.layers) if "
        + "there is time."
    }
    return "\(both): the two go together."
  }

  private static func count(_ count: Int, _ name: String) -> String {
    "\(grouped(count)) \(name)\(count == 1 ? "" : "s")"
  }

  private static func percent(_ part: Int, of whole: Int) -> String {
    let tenths = (Double(part) / Double(max(whole, 1)) * 1000).rounded() / 10
    return part > 0 && tenths == 0 ? "under 0.1%" : "\(tenths)%"
  }

  /// `number` with commas between thousands.
  static func grouped(_ number: Int) -> String {
    var digits = String(number)
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
      position -= 3
    }
    return digits
  }
}
