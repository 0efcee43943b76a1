extension SafeTensors {
  /// The type of a tensor's elements, by the name that stands in the file.
  ///
  /// The order is the format's own: a file begins with the tensors of the last type.
  public enum DType: String, CaseIterable, Comparable, Sendable {
    /// A truth value in a byte.
    case bool = "BOOL"
    /// Floating point in 4 bits.
    case f4 = "F4"
    /// Floating point in 6 bits, 2 of them the exponent.
    case f6e2m3 = "F6_E2M3"
    /// Floating point in 6 bits, 3 of them the exponent.
    case f6e3m2 = "F6_E3M2"
    /// A byte.
    case u8 = "U8"
    /// A signed byte.
    case i8 = "I8"
    /// Floating point in 8 bits, 5 of them the exponent.
    case f8e5m2 = "F8_E5M2"
    /// Floating point in 8 bits, 4 of them the exponent.
    case f8e4m3 = "F8_E4M3"
    /// A power of two in 8 bits.
    case f8e8m0 = "F8_E8M0"
    /// Floating point in 8 bits, 4 of them the exponent, without infinities and negative zero.
    case f8e4m3fnuz = "F8_E4M3FNUZ"
    /// Floating point in 8 bits, 5 of them the exponent, without infinities and negative zero.
    case f8e5m2fnuz = "F8_E5M2FNUZ"
    /// A signed integer in 16 bits.
    case i16 = "I16"
    /// An integer from 0 in 16 bits.
    case u16 = "U16"
    /// Floating point in 16 bits.
    case f16 = "F16"
    /// The upper half of a 32-bit floating-point number.
    case bf16 = "BF16"
    /// A signed integer in 32 bits.
    case i32 = "I32"
    /// An integer from 0 in 32 bits.
    case u32 = "U32"
    /// Floating point in 32 bits: Swift's `Float`.
    case f32 = "F32"
    /// A complex number of two 32-bit parts.
    case c64 = "C64"
    /// Floating point in 64 bits: Swift's `Double`.
    case f64 = "F64"
    /// A signed integer in 64 bits.
    case i64 = "I64"
    /// An integer from 0 in 64 bits.
    case u64 = "U64"

    /// The number of bits of one element.
    public var bits: Int {
      switch self {
      case .f4: 4
      case .f6e2m3, .f6e3m2: 6
      case .bool, .u8, .i8, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz: 8
      case .i16, .u16, .f16, .bf16: 16
      case .i32, .u32, .f32: 32
      case .c64, .f64, .i64, .u64: 64
      }
    }

    /// The number of bytes of a tensor of this `shape`; `nil` if no `Int` can hold it, a dimension
    /// is negative, or the last byte would be used in part.
    public func byteCount(of shape: [Int]) -> Int? {
      var bits = self.bits
      for extent in shape {
        let (product, overflow) = bits.multipliedReportingOverflow(by: extent)
        guard extent >= 0, !overflow else { return nil }
        bits = product
      }
      return bits.isMultiple(of: 8) ? bits / 8 : nil
    }

    /// Whether `left` comes before `right` in the format's order.
    public static func < (left: DType, right: DType) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.ranks[self, default: 0] }

    private static let ranks = Dictionary(
      uniqueKeysWithValues: zip(allCases, allCases.indices))
  }
}
