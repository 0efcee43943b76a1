/// One option by its long name, to be read, written and listed.
struct TrainOption: Sendable {
  /// Without the dashes: `learning-rate`.
  let name: String
  /// The materials that it means something to; none: all.
  private(set) var materials: [any CommandMaterial.Type] = []
  /// Its value in a configuration file; nil where it was not given.
  let value: @Sendable (TrainOptions) -> ConfigurationValue?
  /// Sets it from a configuration file; false where the value is of another kind.
  let set: @Sendable (inout TrainOptions, ConfigurationValue) -> Bool
  /// What it must be, for the sentence about a value of another kind.
  let kind: String
  /// Says what is wrong with its value in front of the value itself: `must be 1 or more`; nil: nothing.
  private var problem: @Sendable (TrainOptions) -> String? = { _ in nil }

  typealias Path<Value> = any WritableKeyPath<TrainOptions, Value?> & Sendable

  init(
    _ name: String, _ path: Path<Int>, _ range: ClosedRange<Int> = 0...Self.most
  ) {
    self.init(name, path) { _ in range }
  }

  /// - Parameter range: what it may be, which depends on other options.
  init(
    _ name: String, _ path: Path<Int>, range: @escaping @Sendable (TrainOptions) -> ClosedRange<Int>
  ) {
    self.name = name
    problem = { options in
      let range = range(options)
      guard let value = options[keyPath: path], !range.contains(value) else { return nil }
      let bounds =
        range.upperBound == .max
        ? "\(range.lowerBound) or more"
        : "between \(range.lowerBound) and \(range.upperBound.grouped)"
      return "must be \(bounds), not \(value)"
    }
    kind = "a whole number"
    value = { $0[keyPath: path].map { .integer($0) } }
    set = { options, value in
      guard case .integer(let number) = value else { return false }
      options[keyPath: path] = number
      return true
    }
  }

  /// - Parameters:
  ///   - isPositive: whether it may not be 0.
  ///   - limit: what it must be less than; nil: a thousand million at most.
  init(_ name: String, _ path: Path<Double>, isPositive: Bool = false, below limit: Int? = nil) {
    self.name = name
    problem = { options in
      guard let value = options[keyPath: path] else { return nil }
      let isAbove = isPositive ? value > 0 : value >= 0
      let isBelow = limit.map { value < Double($0) } ?? (value <= 1e9)
      if isAbove && isBelow { return nil }
      let lower = isPositive ? "greater than 0" : "at least 0"
      let upper = limit.map { "less than \($0)" } ?? "at most 1,000,000,000"
      return "must be \(lower) and \(upper), not \(value.plain)"
    }
    kind = "a number"
    value = { $0[keyPath: path].map { .number($0) } }
    set = { options, value in
      guard let number = value.double else { return false }
      options[keyPath: path] = number
      return true
    }
  }

  init(_ name: String, text path: Path<String>) {
    self.name = name
    kind = "a text"
    // A share is a number, also in the file.
    value = { $0[keyPath: path].map { text in Double(text).map { .number($0) } ?? .string(text) } }
    set = { options, value in
      guard let text = value.text else { return false }
      options[keyPath: path] = text
      return true
    }
  }

  init<Name: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ path: Path<Name>
  ) {
    self.name = name
    kind = "one of " + Name.allCases.map(\.rawValue).joined(separator: ", ")
    value = { $0[keyPath: path].map { .string($0.rawValue) } }
    set = { options, value in
      guard case .string(let text) = value, let value = Name(rawValue: text) else { return false }
      options[keyPath: path] = value
      return true
    }
  }

  init(_ name: String, _ path: Path<Bool>) {
    self.name = name
    kind = "true or false"
    value = { $0[keyPath: path].map { .bool($0) } }
    set = { options, value in
      guard case .bool(let value) = value else { return false }
      options[keyPath: path] = value
      return true
    }
  }

  init(_ name: String, _ path: any WritableKeyPath<TrainOptions, [String]?> & Sendable) {
    self.name = name
    kind = "a list of texts"
    value = { $0[keyPath: path].map { .strings($0) } }
    set = { options, value in
      guard case .strings(let texts) = value else { return false }
      options[keyPath: path] = texts
      return true
    }
  }

  /// The same, for some materials only.
  func of(_ materials: any CommandMaterial.Type...) -> TrainOption {
    var option = self
    option.materials = materials
    return option
  }

  /// Checks the value by itself.
  ///
  /// - Throws: ``UsageError`` that names the option.
  func check(_ options: TrainOptions) throws {
    if let problem = problem(options) { throw UsageError("--\(name) \(problem).") }
  }

  /// The largest count that is taken: products of two stay far from the largest integer.
  static let most = 1_000_000_000
}
