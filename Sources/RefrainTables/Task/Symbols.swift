/// The symbols of sequences: ``Labels``, and for what is read perhaps one that stands for all others.
public struct Symbols: Equatable, Sendable {
  /// The symbols that are known.
  public let labels: Labels

  /// Whether symbols that are not known are read as one of their own.
  public let hasUnknown: Bool

  /// How many there are, the unknown one included.
  public var count: Int { labels.count + (hasUnknown ? 1 : 0) }

  /// The symbols that are found in `sequences`.
  ///
  /// Those found fewer than `minimumCount` times are read as the unknown symbol, which so is learned; where
  /// there are none such, or nothing else, all are known and no other can be read.
  init(_ sequences: some Sequence<[String]>, minimumCount: Int) {
    let all = Labels(counting: sequences.joined())
    let known = all.counts.prefix { $0 >= minimumCount }.count
    hasUnknown = known > 0 && known < all.count
    labels = hasUnknown ? all.prefix(known) : all
  }

  /// The index of a symbol.
  ///
  /// - Throws: ``UnknownLabel`` if it is not known, and there is none for such.
  func index(of symbol: String) throws(UnknownLabel) -> Int32 {
    if let index = labels.find(symbol) { return Int32(index) }
    guard hasUnknown else { throw UnknownLabel(name: symbol, labels: labels) }
    return Int32(labels.count)
  }

  /// What the symbol at `index` is written as; the unknown one as `<unk>`.
  subscript(index: Int) -> String { index < labels.count ? labels[index] : "<unk>" }
}

extension Symbols: Codable {}
