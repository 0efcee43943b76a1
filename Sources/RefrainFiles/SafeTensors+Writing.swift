extension SafeTensors {
  /// The whole file as bytes; the same contents always give the same bytes.
  ///
  /// Tensors stand in the format's own order, by falling alignment of their type and then by name,
  /// and begin at a multiple of eight bytes: without the hash these are the bytes that the Python
  /// package `safetensors` writes.
  ///
  /// - Parameter hashed: whether the file carries its own hash, so that damage to it is noticed
  ///   when it is read. Other programs' readers see a piece of metadata.
  public func encoded(hashed: Bool = false) -> [UInt8] {
    let sorted = tensors.sorted { left, right in
      left.dtype == right.dtype
        ? left.name.utf8.lexicographicallyPrecedes(right.name.utf8) : left.dtype > right.dtype
    }
    let (header, digits) = encodedHeader(of: sorted, hashed: hashed)
    var file: [UInt8] = []
    file.reserveCapacity(
      SafeTensorsHeader.start + header.count + sorted.reduce(0) { $0 + $1.bytes.count })
    file += Self.littleEndian(UInt64(header.count))
    file += header
    for tensor in sorted { file += tensor.bytes }
    if let digits {
      let start = SafeTensorsHeader.start + digits.lowerBound
      file.replaceSubrange(start..<start + digits.count, with: FileHash(of: file).hex.utf8)
    }
    return file
  }

  private func encodedHeader(
    of sorted: [Tensor], hashed: Bool
  ) -> (bytes: [UInt8], hashDigits: Range<Int>?) {
    precondition(
      Set(sorted.map(\.name)).count == sorted.count, "every tensor has a name of its own")
    precondition(
      sorted.count <= Self.mostTensors && metadata.count <= Self.mostTensors,
      "a file has no more than 100,000 tensors, and as many pieces of metadata")
    var header = Array("{".utf8)
    let digits = appendMetadata(to: &header, hashed: hashed)
    var begin = 0
    for tensor in sorted {
      precondition(
        tensor.name != Self.metadataKey, "a tensor cannot be called \(Self.metadataKey)")
      if header.count > 1 { header.append(UInt8(ascii: ",")) }
      let end = begin + tensor.bytes.count
      appendString(tensor.name, to: &header)
      let shape = tensor.shape.map(\.description).joined(separator: ",")
      header +=
        """
        :{"dtype":"\(tensor.dtype.rawValue)","shape":[\(shape)],"data_offsets":[\(begin),\(end)]}
        """.utf8
      begin = end
    }
    header.append(UInt8(ascii: "}"))
    while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
    precondition(header.count <= Self.longestHeader, "a header has no more than 100,000,000 bytes")
    return (header, digits)
  }

  /// Appends the metadata and returns where the digits of the hash stand, zeros as yet.
  private func appendMetadata(to header: inout [UInt8], hashed: Bool) -> Range<Int>? {
    var metadata = self.metadata
    if hashed {
      metadata[Self.hashKey] = String(decoding: Self.hashPlaceholder, as: UTF8.self)
    } else {
      precondition(
        metadata[Self.hashKey]?.utf8.count != FileHash.digitCount,
        "the metadata's key “hash” belongs to the file's own hash")
    }
    if metadata.isEmpty { return nil }
    appendString(Self.metadataKey, to: &header)
    header += ":{".utf8
    var digits: Range<Int>?
    let keys = metadata.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for (index, key) in keys.enumerated() {
      if index > 0 { header.append(UInt8(ascii: ",")) }
      appendString(key, to: &header)
      header.append(UInt8(ascii: ":"))
      appendString(metadata[key, default: ""], to: &header)
      if hashed, key == Self.hashKey {
        let end = header.count - 1
        digits = end - FileHash.digitCount..<end
      }
    }
    header.append(UInt8(ascii: "}"))
    return digits
  }

  /// What stands in place of the hash while it is computed.
  static var hashPlaceholder: [UInt8] {
    Array(repeating: UInt8(ascii: "0"), count: FileHash.digitCount)
  }

  static func littleEndian(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
  }
}

/// Appends `text` as a JSON string, written as the format's own library writes it.
private func appendString(_ text: String, to json: inout [UInt8]) {
  json.append(UInt8(ascii: "\""))
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "\""): json += "\\\"".utf8
    case UInt8(ascii: "\\"): json += "\\\\".utf8
    case 0x08: json += "\\b".utf8
    case 0x09: json += "\\t".utf8
    case 0x0A: json += "\\n".utf8
    case 0x0C: json += "\\f".utf8
    case 0x0D: json += "\\r".utf8
    case 0..<0x20: json += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
    default: json.append(byte)
    }
  }
  json.append(UInt8(ascii: "\""))
}
