#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A regular file open for reading at any position.
///
/// It is a class because the file must be closed once, by whoever lets go of it last: a corpus is a
/// value that is copied, and every cursor of it reads through the same descriptor. Reading at a
/// position moves nothing, so that any number of threads may read at once.
public final class ByteFile: Sendable {
  /// The path as it was given, for messages.
  public let path: String

  /// The number of bytes when the file was opened.
  public let size: Int

  private let descriptor: Int32

  /// Opens the file at `path`.
  ///
  /// - Throws: ``FileError`` if there is no such file, it may not be read, or it is a folder, a pipe
  ///   or a device.
  public init(_ path: String) throws {
    // Without O_NONBLOCK, opening a pipe waits for its writer, possibly for ever.
    let descriptor = retryingInterrupted { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw FileError.unreadable(path: path, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw FileError.unreadable(path: path, code: code)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileError.notAFile(path: path)
    }
    self.path = path
    self.size = Int(status.st_size)
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// The `count` bytes from `offset` on.
  ///
  /// - Throws: ``FileError`` if the file cannot be read or does not reach so far; nothing is
  ///   allocated that the file's size does not justify.
  public func read(at offset: Int, count: Int) throws -> [UInt8] {
    precondition(offset >= 0 && count >= 0, "bytes are read from a position inside the file")
    let (end, overflow) = offset.addingReportingOverflow(count)
    guard !overflow, end <= size else {
      throw FileError.endsEarly(path: path, end: overflow ? .max : end, size: size)
    }
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count])
      initialized = try read(at: offset, into: bytes)
      guard initialized == count else {
        throw FileError.endsEarly(path: path, end: end, size: offset + initialized)
      }
    }
  }

  /// Fills `bytes` from the front with what the file has from `offset` on.
  ///
  /// - Returns: the number of bytes read: less than `bytes.count` only at the end of the file.
  /// - Throws: ``FileError`` if the file cannot be read.
  public func read(at offset: Int, into bytes: inout MutableSpan<UInt8>) throws -> Int {
    precondition(offset >= 0, "bytes are read from a position inside the file")
    return try bytes.withUnsafeMutableBytes { try read(at: offset, into: $0) }
  }

  private func read(at offset: Int, into bytes: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var done = 0
    while done < bytes.count {
      // The system reads no more than 2 GiB at once, and on a Mac refuses to try.
      let piece = min(bytes.count - done, 1 << 30)
      let result = retryingInterrupted {
        pread(descriptor, base + done, piece, off_t(offset + done))
      }
      guard result >= 0 else { throw FileError.unreadable(path: path, code: errno) }
      if result == 0 { break }
      done += result
    }
    return done
  }
}

/// The result of a system call that is made again as long as a signal interrupts it.
func retryingInterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}
