extension SafeTensors {
  /// A named array of numbers: its bytes in row-major order, little-endian, as they stand in the
  /// file.
  public struct Tensor: Equatable, Sendable {
    /// The name, unique in its file.
    public var name: String

    /// The type of the elements.
    public let dtype: DType

    /// The extents, the outermost first; empty for a single number.
    public let shape: [Int]

    /// The elements.
    public let bytes: [UInt8]

    /// A tensor of these bytes, which must be as many as its type and shape need.
    public init(name: String, dtype: DType, shape: [Int], bytes: [UInt8]) {
      precondition(
        dtype.byteCount(of: shape) == bytes.count,
        "a tensor has as many bytes as its type and shape need")
      self.name = name
      self.dtype = dtype
      self.shape = shape
      self.bytes = bytes
    }
  }
}

// MARK: - Swift's own numbers

// The format is little-endian, and so is every processor this is built for.
#if _endian(big)
  #error("numbers must be swapped on their way into and out of a safetensors file")
#endif

extension SafeTensors.Tensor {
  /// A tensor of 32-bit floating-point numbers.
  public init(name: String, shape: [Int], floats: [Float]) {
    self.init(name: name, dtype: .f32, shape: shape, bytes: rawBytes(floats))
  }

  /// A tensor of 64-bit floating-point numbers.
  public init(name: String, shape: [Int], doubles: [Double]) {
    self.init(name: name, dtype: .f64, shape: shape, bytes: rawBytes(doubles))
  }

  /// A tensor of signed 32-bit integers.
  public init(name: String, shape: [Int], int32s: [Int32]) {
    self.init(name: name, dtype: .i32, shape: shape, bytes: rawBytes(int32s))
  }

  /// A tensor of signed 64-bit integers.
  public init(name: String, shape: [Int], int64s: [Int64]) {
    self.init(name: name, dtype: .i64, shape: shape, bytes: rawBytes(int64s))
  }

  /// A tensor of 64-bit integers from 0.
  public init(name: String, shape: [Int], uint64s: [UInt64]) {
    self.init(name: name, dtype: .u64, shape: shape, bytes: rawBytes(uint64s))
  }

  /// The elements of an `F32` tensor.
  ///
  /// - Throws: ``SafeTensorsError/wrongType(tensor:expected:found:)`` for any other type, as all
  ///   functions of this kind do: nothing is converted silently.
  public func floats() throws -> [Float] { try numbers(.f32, zero: 0) }

  /// The elements of an `F64` tensor.
  public func doubles() throws -> [Double] { try numbers(.f64, zero: 0) }

  /// The elements of an `I32` tensor.
  public func int32s() throws -> [Int32] { try numbers(.i32, zero: 0) }

  /// The elements of an `I64` tensor.
  public func int64s() throws -> [Int64] { try numbers(.i64, zero: 0) }

  /// The elements of a `U64` tensor.
  public func uint64s() throws -> [UInt64] { try numbers(.u64, zero: 0) }

  private func numbers<Number: BitwiseCopyable>(
    _ expected: SafeTensors.DType, zero: Number
  ) throws -> [Number] {
    guard dtype == expected else {
      throw SafeTensorsError.wrongType(tensor: name, expected: expected, found: dtype)
    }
    var numbers = [Number](repeating: zero, count: bytes.count / MemoryLayout<Number>.size)
    numbers.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    return numbers
  }
}

private func rawBytes<Number: BitwiseCopyable>(_ numbers: [Number]) -> [UInt8] {
  numbers.withUnsafeBytes { Array($0) }
}
