internal import Refrain

/// The hash of bytes that come in pieces, for structs that are copied: the copies share it.
final class ContentHash {
  private var hasher = FileHash.Hasher()

  func reset() { hasher.reset() }

  func update(_ bytes: UnsafeRawBufferPointer) { hasher.update(bytes) }

  /// Its lower half.
  var value: UInt64 { hasher.hash.low }

  /// The whole hash as 32 hexadecimal digits.
  var digits: String { hasher.hash.hex }

  /// The lower half of the hash of bytes that are all at hand.
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 { FileHash(of: bytes).low }
}
