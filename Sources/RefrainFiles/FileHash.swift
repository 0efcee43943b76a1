import CXXHash

/// The hash by which a file is recognised and damage to it is noticed: XXH3 with 128 bits.
///
/// It guards against accidents, not against an adversary: who alters a file on purpose can alter
/// the hash that stands in it too.
public struct FileHash: Hashable, Sendable, CustomStringConvertible {
  /// The upper 64 bits.
  public let high: UInt64

  /// The lower 64 bits.
  public let low: UInt64

  /// The hash with these bits.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The hash of `bytes`.
  public init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { FileHash(of: $0) }
  }

  /// The hash of bytes where they lie.
  package init(of bytes: UnsafeRawBufferPointer) {
    self.init(xxh3_of(bytes.baseAddress, bytes.count))
  }

  /// The hash of the file at `path`, read in pieces.
  ///
  /// - Throws: ``FileError`` if the file cannot be read.
  public init(ofFileAt path: String) throws {
    let file = try ByteFile(path)
    var hasher = Hasher()
    var offset = 0
    while offset < file.size {
      let piece = try file.read(at: offset, count: min(1 << 20, file.size - offset))
      hasher.update(piece)
      offset += piece.count
    }
    self = hasher.hash
  }

  /// The hash written as `hex`: 32 digits, the letters small; `nil` for any other text.
  public init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == Self.digitCount else { return nil }
    var halves: [UInt64] = [0, 0]
    for (index, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      halves[index / 16] = halves[index / 16] << 4 | UInt64(value)
    }
    self.init(high: halves[0], low: halves[1])
  }

  /// The hash as 32 hexadecimal digits, as `xxhsum -H2` prints it.
  public var hex: String {
    [high, low].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// The same as ``hex``.
  public var description: String { hex }

  /// The number of hexadecimal digits of a hash.
  static let digitCount = 32

  private init(_ value: xxh3_hash) {
    self.init(high: value.high64, low: value.low64)
  }
}

extension FileHash {
  /// Hashes bytes that come in pieces; where the pieces are cut makes no difference.
  public struct Hasher: ~Copyable {
    private let state: OpaquePointer

    /// A hasher that has seen nothing yet.
    public init() {
      guard let state = xxh3_create() else {
        preconditionFailure("there is no memory left for the state of a hash")
      }
      self.state = state
    }

    deinit {
      xxh3_free(state)
    }

    /// Takes the next bytes.
    public mutating func update(_ bytes: [UInt8]) {
      update(bytes[...])
    }

    /// Takes the next bytes.
    public mutating func update(_ bytes: ArraySlice<UInt8>) {
      bytes.withUnsafeBytes { update($0) }
    }

    /// Takes the next bytes, where they lie.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
      xxh3_update(state, bytes.baseAddress, bytes.count)
    }

    /// Forgets everything taken so far.
    package mutating func reset() { xxh3_reset(state) }

    /// The hash of everything taken so far.
    public var hash: FileHash {
      FileHash(xxh3_digest(state))
    }
  }
}
