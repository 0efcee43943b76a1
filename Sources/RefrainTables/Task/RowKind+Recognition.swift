extension RowKind {
  /// More different texts are no classes.
  private static let mostLabels = 1000
  /// A longer text is no name of a class.
  private static let longestLabel = 50
  /// More different words are no symbols.
  private static let mostSymbols = 200
  /// How often a symbol is found, on average.
  private static let leastUses = 10

  /// The kind of the values in `columns`, by the rules 1 to 5 and 7.
  ///
  /// - Parameter hasSteps: whether the scheme wants several steps; nil where there is no scheme.
  /// - Throws: ``TableError/noSuchColumn(path:name:columns:)``, or
  ///   ``TableTaskError/mixedColumns(path:columns:)``.
  init(of columns: [String], in table: Table, isTarget: Bool, hasSteps: Bool?) throws {
    let values = try columns.map { try table.values(of: $0) }
    if values.allSatisfy({ $0.allSatisfy(\.isNumber) }) && (hasSteps != true || values.count > 1) {
      self = .numbers
    } else if hasSteps != false && values.allSatisfy({ $0.allSatisfy(\.isNumberSequence) }),
      values.contains(where: { $0.contains { !$0.isNumber } })
    {
      self = .sequence
    } else if let only = values.first, values.count == 1 {
      self = Self.kind(ofTexts: only, isTarget: isTarget, hasSteps: hasSteps)
    } else {
      throw TableTaskError.mixedColumns(path: table.path, columns: columns)
    }
  }

  private static func kind(
    ofTexts values: [Table.Value], isTarget: Bool, hasSteps: Bool?
  ) -> RowKind {
    let hasArrays = values.contains {
      if case .texts = $0 { true } else { false }
    }
    if hasArrays { return hasSteps == false ? .labels : .symbols }
    if hasSteps == false || hasSteps == nil && areLabels(values) { return .label }
    return isTarget && areSymbols(values) ? .symbols : .character
  }

  private static func areLabels(_ values: [Table.Value]) -> Bool {
    var different: Set<String> = []
    for case .text(let text) in values {
      if text.count > longestLabel { return false }
      different.insert(text)
      if different.count > mostLabels { return false }
    }
    return 2 * different.count <= values.count
  }

  private static func areSymbols(_ values: [Table.Value]) -> Bool {
    var different: Set<Substring> = []
    var uses = 0
    var most = 0
    for case .text(let text) in values {
      let words = text.split(whereSeparator: \.isWhitespace)
      different.formUnion(words)
      if different.count > mostSymbols { return false }
      uses += words.count
      most = max(most, words.count)
    }
    return most > 1 && uses >= leastUses * different.count
  }
}

extension Table.Value {
  /// A number, or a text that is one.
  fileprivate var isNumber: Bool {
    switch self {
    case .number: true
    case .text(let text): Table.isNumber(text)
    case .numbers, .texts: false
    }
  }

  /// An array of numbers, or a text of numbers.
  fileprivate var isNumberSequence: Bool {
    switch self {
    case .number, .numbers: true
    case .text(let text):
      !text.isEmpty && text.split(whereSeparator: \.isWhitespace).allSatisfy { Table.isNumber($0) }
    case .texts: false
    }
  }
}

extension Table {
  fileprivate static func isNumber(_ text: some StringProtocol) -> Bool {
    // A shorter way out than `Double` for what begins like a word, which it would take `nan` for.
    guard let first = text.utf8.first(where: { $0 != 0x20 }), first < 0x3A else { return false }
    let trimmed = text.drop { $0 == " " }
    let end = trimmed.lastIndex { $0 != " " }
    guard let end, let number = Double(trimmed[...end]) else { return false }
    return number.isFinite
  }
}
