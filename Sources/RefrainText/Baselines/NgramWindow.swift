/// The last tokens read, as the hashes of the n-grams that end with the latest of them.
///
/// At the start of a document the window holds one mark, ``KneserNeyModel/documentStart``, and
/// nothing before it: no n-gram reaches into another document.
struct NgramWindow {
  /// The latest token first.
  private var recent: [Int32] = []
  private let order: Int
  /// The hash of the latest `n + 1` tokens at index `n`; at most `order` of them.
  private(set) var hashes: [UInt64] = []
  /// The indices of the n-grams, as far as they are known, that end with the latest token: the one
  /// of `n + 1` tokens at index `n`. Filled by who looks them up.
  var known: [UInt32] = []
  /// What ``known`` was one token earlier: the contexts of the latest token.
  private(set) var contexts: [UInt32] = []

  /// A window for n-grams of up to `order` tokens, empty.
  init(order: Int) {
    self.order = order
    recent.reserveCapacity(order + 1)
    hashes.reserveCapacity(order)
    known.reserveCapacity(order)
    contexts.reserveCapacity(order)
  }

  /// Whether the longest n-gram begins with the start of the document.
  var reachesStart: Bool { recent.last == KneserNeyModel.documentStart }

  /// Moves on to the next token.
  mutating func append(_ token: Int32) {
    if token == KneserNeyModel.documentStart { recent.removeAll(keepingCapacity: true) }
    swap(&known, &contexts)
    known.removeAll(keepingCapacity: true)
    recent.insert(token, at: 0)
    if recent.count > order { recent.removeLast() }
    hashes.removeAll(keepingCapacity: true)
    var hash: UInt64 = 0
    for token in recent {
      hash = mix(hash &+ 0x9E37_79B9_7F4A_7C15 &+ UInt64(UInt32(bitPattern: token)))
      hashes.append(hash)
    }
  }

  /// The finaliser of splitmix64 (Steele, Lea and Flood 2014): a change of any bit of `x` changes
  /// about half of the result's.
  private func mix(_ x: UInt64) -> UInt64 {
    var z = x
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
