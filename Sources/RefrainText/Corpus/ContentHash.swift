// The shim compiles xxHash inline, under names of its own.
internal import CXXHash

/// XXH3, 64 bits, of bytes that come in pieces.
final class ContentHash {
  private let state: OpaquePointer

  init() {
    guard let state = XXH_INLINE_XXH3_createState() else {
      preconditionFailure("no memory for a hash")
    }
    self.state = state
    reset()
  }

  deinit { XXH_INLINE_XXH3_freeState(state) }

  func reset() { XXH_INLINE_XXH3_64bits_reset(state) }

  func update(_ bytes: UnsafeRawBufferPointer) {
    XXH_INLINE_XXH3_64bits_update(state, bytes.baseAddress, bytes.count)
  }

  var value: UInt64 { XXH_INLINE_XXH3_64bits_digest(state) }

  /// The value as 16 hexadecimal digits.
  var digits: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The hash of bytes that are all at hand.
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    XXH_INLINE_XXH3_64bits(bytes.baseAddress, bytes.count)
  }
}
