import Foundation

/// Numbers that lie next to each other and become more; growing does not copy them where the system can
/// move pages.
final class GrowingRow<Element: BitwiseCopyable>: @unchecked Sendable {
  private var base: UnsafeMutablePointer<Element>?
  private var capacity = 0
  /// How many there are.
  private(set) var count = 0

  deinit { free(base) }

  /// The numbers, until the row grows again.
  var row: SharedRow<Element> {
    guard let base else { preconditionFailure("an empty row has no place") }
    return SharedRow(base: base, count: count)
  }

  /// Adds `more` numbers that are still to be set, and returns the place of the first.
  func grow(by more: Int) -> Int {
    let first = count
    count += more
    if count > capacity {
      capacity = max(count, capacity + capacity / 2)
      let bytes = capacity * MemoryLayout<Element>.stride
      guard let larger = realloc(base, bytes) else {
        fatalError("There is not enough memory for \(bytes) bytes of frames; use less sound.")
      }
      base = larger.bindMemory(to: Element.self, capacity: capacity)
    }
    return first
  }
}
