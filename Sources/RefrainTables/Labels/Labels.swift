/// The names of classes and their indices: what a network that names a class is trained on, and what its
/// outputs are decoded with.
///
/// The order is the same wherever the same labels are counted: the most frequent first, equally frequent
/// ones by the bytes of their names.
public struct Labels: Equatable, Sendable {
  /// The name of every class, by its index; no two are the same.
  public let names: [String]

  /// How many examples of every class were counted; each at least 1.
  public let counts: [Int]

  private let indices: [String: Int]

  /// How many classes there are.
  public var count: Int { names.count }

  /// The classes among `labels`, one label per example.
  public init(counting labels: some Sequence<String>) {
    var tally: [String: Int] = [:]
    for label in labels { tally[label, default: 0] += 1 }
    let sorted = tally.sorted { a, b in
      a.value != b.value ? a.value > b.value : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }
    names = sorted.map(\.key)
    counts = sorted.map(\.value)
    indices = Self.indices(of: names)
  }

  /// The `count` most frequent of them.
  func prefix(_ count: Int) -> Labels {
    Labels(names: Array(names.prefix(count)), counts: Array(counts.prefix(count)))
  }

  private init(names: [String], counts: [Int]) {
    self.names = names
    self.counts = counts
    indices = Self.indices(of: names)
  }

  /// The name of the class at `index`.
  public subscript(index: Int) -> String {
    precondition(names.indices.contains(index), "there are \(names.count) classes")
    return names[index]
  }

  /// The index of the class called `name`; nil if there is none.
  public func find(_ name: String) -> Int? { indices[name] }

  /// The index of the class called `name`.
  ///
  /// - Throws: ``UnknownLabel``.
  public func index(of name: String) throws(UnknownLabel) -> Int {
    guard let index = indices[name] else { throw UnknownLabel(name: name, labels: self) }
    return index
  }

  private static func indices(of names: [String]) -> [String: Int] {
    var indices: [String: Int] = [:]
    for (index, name) in names.enumerated() { indices[name] = index }
    return indices
  }
}

extension Labels: Codable {
  private enum CodingKeys: String, CodingKey {
    case names, counts
  }

  /// Decodes names with their counts.
  ///
  /// - Throws: `DecodingError` if a name stands there twice, a count is not above 0, or there are not as
  ///   many of both.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    names = try container.decode([String].self, forKey: .names)
    counts = try container.decode([Int].self, forKey: .counts)
    indices = Self.indices(of: names)
    guard names.count == counts.count, indices.count == names.count, counts.allSatisfy({ $0 > 0 })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .names, in: container,
        debugDescription: "labels need different names, each with a count above 0")
    }
  }

  /// Encodes the names and their counts.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(names, forKey: .names)
    try container.encode(counts, forKey: .counts)
  }
}
