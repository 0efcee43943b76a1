internal import Refrain

/// What of a table is read and what should be predicted, with everything recognised that a user left open.
struct TableLayout: Equatable {
  let input: TableSide
  let target: TableSide
  let scheme: Scheme

  /// - Throws: ``TableError`` or ``TableTaskError``.
  init(_ columns: TableColumns, of table: Table) throws {
    let names = try Self.names(columns, table)
    let target = TableSide(
      columns: columns.targets,
      kind: try columns.targetKind
        ?? RowKind(
          of: columns.targets, in: table, isTarget: true, hasSteps: columns.scheme?.predictsSteps))
    var input = TableSide(
      columns: names,
      kind: try columns.inputKind
        ?? RowKind(of: names, in: table, isTarget: false, hasSteps: columns.scheme?.readsSteps))
    let isOpen = columns.inputKind == nil && columns.scheme?.isInStep != false
    if isOpen, input.kind == .character, target.kind == .symbols {
      let symbols = TableSide(columns: names, kind: .symbols)
      if try Self.areWordsInStep(symbols, target, table) { input = symbols }
    }
    scheme = try columns.scheme ?? Self.scheme(input, target, table)
    guard input.kind.hasSteps == scheme.readsSteps, target.kind.hasSteps == scheme.predictsSteps,
      !(scheme.hasDecoder && target.kind == .sequence)
    else {
      throw TableTaskError.wrongKinds(
        path: table.path, scheme: scheme, input: input.kind, target: target.kind)
    }
    self.input = input
    self.target = target
  }

  /// The columns that are read.
  private static func names(_ columns: TableColumns, _ table: Table) throws -> [String] {
    guard !columns.targets.isEmpty else {
      throw TableTaskError.noTarget(path: table.path, columns: table.columns)
    }
    let all = columns.inputs + columns.targets + [columns.group, columns.part].compactMap(\.self)
    for name in all { _ = try table.place(of: name) }
    if let both = columns.inputs.first(where: columns.targets.contains) {
      throw TableTaskError.inputIsTarget(path: table.path, column: both)
    }
    let names = columns.inputs.isEmpty ? table.columns.filter { !all.contains($0) } : columns.inputs
    if names.isEmpty { throw TableTaskError.noInput(path: table.path, columns: table.columns) }
    return names
  }

  private static func areWordsInStep(
    _ input: TableSide, _ target: TableSide, _ table: Table
  ) throws -> Bool {
    let counts = try (input.stepCounts(in: table), target.stepCounts(in: table))
    return counts.0 == counts.1 && counts.0.contains { $0 > 1 }
  }

  private static func scheme(
    _ input: TableSide, _ target: TableSide, _ table: Table
  ) throws -> Scheme {
    switch (input.kind.hasSteps, target.kind.hasSteps) {
    case (false, false): return .oneToOne
    case (false, true): return .oneToMany
    case (true, false): return .manyToOne
    case (true, true):
      guard target.kind == .symbols || target.kind == .sequence else { return .manyToManyDelayed }
      let isInStep = try input.stepCounts(in: table) == target.stepCounts(in: table)
      return isInStep ? .manyToMany : .manyToManyDelayed
    }
  }
}

extension TableSide {
  /// The number of steps of every row; 0 where it is known only with a vocabulary, which is in step with
  /// nothing.
  fileprivate func stepCounts(in table: Table) throws -> [Int] {
    try values(in: table).map { value in
      switch value {
      case .text(let text):
        switch kind {
        case .character: text.unicodeScalars.count
        case .byte: text.utf8.count
        default: 0
        }
      case .words(let words): words.count
      case .numbers(let steps): steps.count
      }
    }
  }
}

extension Scheme {
  /// Whether it reads several steps.
  var readsSteps: Bool {
    switch self {
    case .oneToOne, .oneToMany: false
    case .manyToOne, .manyToMany, .manyToManyDelayed: true
    }
  }

  /// Whether several steps are predicted.
  var predictsSteps: Bool {
    switch self {
    case .oneToOne, .manyToOne: false
    case .oneToMany, .manyToMany, .manyToManyDelayed: true
    }
  }

  /// Whether each step that is read has its answer.
  var isInStep: Bool { self == .manyToMany || self == .oneToOne }

  /// Whether a decoder predicts.
  var hasDecoder: Bool { self == .oneToMany || self == .manyToManyDelayed }
}
