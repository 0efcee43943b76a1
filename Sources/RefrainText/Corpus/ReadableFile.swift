internal import Foundation
import RefrainRuns

/// What the system says about a file.
struct FileStatus: Equatable {
  enum Kind { case file, folder, other }

  var kind: Kind
  var size: Int
  /// Nanoseconds since 1970.
  var modified: Int64
  var device: UInt64
  var inode: UInt64

  /// The file at `path`, links followed.
  init(path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? InputFileError.noSuchFile(path: path)
        : InputFileError.unreadable(path: path, reason: systemReason())
    }
    self.init(status)
  }

  fileprivate init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    size = Int(status.st_size)
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }

}

/// What the system's last error means, in its words.
func systemReason() -> String { String(cString: strerror(errno)).lowercased() }

/// A file that is open for reading at any offset; it is closed when nothing refers to it.
final class ReadableFile: Sendable {
  let path: String
  let descriptor: Int32
  /// As it was when it was opened.
  let status: FileStatus

  init(path: String) throws {
    let status = try FileStatus(path: path)
    guard status.kind == .file else { throw InputFileError.notAFile(path: path) }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InputFileError.unreadable(path: path, reason: systemReason())
    }
    self.path = path
    self.status = status
  }

  deinit { close(descriptor) }

  /// Fills `bytes` from `offset` on; the rest of `bytes` stays as it is only at the file's end.
  ///
  /// - Returns: the number of bytes read.
  func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    var filled = 0
    while filled < bytes.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
      if count < 0 {
        if errno == EINTR { continue }
        throw InputFileError.unreadable(path: path, reason: systemReason())
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// - Throws: `InputFileError.changed` if the file is not as it was when it was opened.
  func checkUnchanged() throws {
    var now = stat()
    guard fstat(descriptor, &now) == 0, FileStatus(now) == status else {
      throw InputFileError.changed(path: path)
    }
  }

  /// The first bytes of the file, up to `count`.
  func beginning(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(count, status.size))
    let filled = try bytes.withUnsafeMutableBytes { try read(into: $0, at: 0) }
    return Array(bytes.prefix(filled))
  }
}
