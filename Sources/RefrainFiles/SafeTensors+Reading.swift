extension SafeTensors {
  /// Reads the file at `path`.
  ///
  /// A file is taken only if it follows the format to the letter: every byte belongs to exactly one
  /// tensor, no name stands twice, and the hash, where there is one, is right. Nothing is allocated
  /// that the file's size does not justify.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - hash: whether a file without a hash is refused. Ours have one; those of other programs have none.
  /// - Throws: ``SafeTensorsError`` or ``FileError``.
  public init(contentsOf path: String, hash: HashRule = .ifPresent) throws {
    let file = try ByteFile(path)
    try self.init(path: path, size: file.size, hash: hash) { range in
      try file.read(at: range.lowerBound, count: range.count)
    }
  }

  /// Reads a whole file that is in memory; `path` is what errors call it.
  ///
  /// - Throws: ``SafeTensorsError``.
  public init(bytes: [UInt8], path: String, hash: HashRule = .ifPresent) throws {
    try self.init(path: path, size: bytes.count, hash: hash) { Array(bytes[$0]) }
  }

  private init(
    path: String, size: Int, hash rule: HashRule, read: (Range<Int>) throws -> [UInt8]
  ) throws {
    let length = try Self.headerLength(path: path, size: size, read: read)
    let dataStart = SafeTensorsHeader.start + length
    let headerBytes = try read(SafeTensorsHeader.start..<dataStart)
    let header = try SafeTensorsHeader(headerBytes, path: path)
    let entries = try Self.layOut(header.entries, dataStart: dataStart, path: path, size: size)
    if rule == .required, header.hashDigits == nil {
      throw SafeTensorsError.unhashed(path: path)
    }

    self.init(metadata: header.metadata)
    warnings = header.warnings
    tensors.reserveCapacity(entries.count)
    for entry in entries {
      let bytes = try read(dataStart + entry.begin..<dataStart + entry.end)
      tensors.append(
        Tensor(name: entry.name, dtype: entry.dtype, shape: entry.shape, bytes: bytes))
    }
    if let digits = header.hashDigits {
      self.hash = try verifiedHash(at: digits, in: headerBytes, path: path)
    }
  }

  private static func headerLength(
    path: String, size: Int, read: (Range<Int>) throws -> [UInt8]
  ) throws -> Int {
    guard size >= SafeTensorsHeader.start else {
      throw SafeTensorsError.tooShort(path: path, size: size)
    }
    let bytes = try read(0..<SafeTensorsHeader.start)
    let length = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(longestHeader) else {
      throw SafeTensorsError.headerTooLong(path: path, length: length)
    }
    let end = SafeTensorsHeader.start + Int(length)
    guard end <= size else {
      throw SafeTensorsError.cutShort(path: path, promised: end, size: size)
    }
    return Int(length)
  }

  /// The entries in the order of their bytes, once it is certain that these follow each other
  /// without hole or overlap, fit types and shapes, and fill the file.
  private static func layOut(
    _ entries: [SafeTensorsHeader.Entry], dataStart: Int, path: String, size: Int
  ) throws -> [SafeTensorsHeader.Entry] {
    // Tensors without elements share their place with others: there the header's order counts.
    let order = entries.indices.sorted {
      (entries[$0].begin, entries[$0].end, $0) < (entries[$1].begin, entries[$1].end, $1)
    }
    var end = 0
    for entry in order.lazy.map({ entries[$0] }) {
      if let problem = self.problem(of: entry, after: end) {
        throw SafeTensorsError.badTensor(path: path, tensor: entry.name, problem: problem)
      }
      end = entry.end
    }
    let (sum, overflow) = end.addingReportingOverflow(dataStart)
    let promised = overflow ? .max : sum
    if promised > size {
      throw SafeTensorsError.cutShort(path: path, promised: promised, size: size)
    }
    if promised < size {
      throw SafeTensorsError.tooLong(path: path, promised: promised, size: size)
    }
    return order.map { entries[$0] }
  }

  private static func problem(
    of entry: SafeTensorsHeader.Entry, after end: Int
  ) -> String? {
    if entry.end < entry.begin { return "ends before it begins" }
    if entry.begin < end { return "overlaps the one before it" }
    if entry.begin > end { return "leaves a hole before it" }
    let shape = entry.shape
    guard let count = entry.dtype.byteCount(of: shape) else {
      return "has the shape \(shape), whose bytes cannot be counted"
    }
    guard count == entry.end - entry.begin else {
      let found = (entry.end - entry.begin).grouped
      return "has \(found) bytes where \(entry.dtype.rawValue) and its shape need \(count.grouped)"
    }
    return nil
  }

  /// The hash in the header at `digits`, if it is the file's own: the hash of all its bytes with
  /// these digits read as zeros. The tensors are all of the file after the header.
  private func verifiedHash(
    at digits: Range<Int>, in header: [UInt8], path: String
  ) throws -> FileHash {
    var hasher = FileHash.Hasher()
    hasher.update(Self.littleEndian(UInt64(header.count)))
    hasher.update(header[..<digits.lowerBound])
    hasher.update(Self.hashPlaceholder)
    hasher.update(header[digits.upperBound...])
    for tensor in tensors { hasher.update(tensor.bytes) }
    let computed = hasher.hash
    let stored = String(decoding: header[digits], as: UTF8.self)
    guard FileHash(hex: stored) == computed else {
      throw SafeTensorsError.altered(path: path, stored: stored, computed: computed)
    }
    return computed
  }
}
