internal import Foundation
internal import Refrain
import RefrainRuns

/// Keeps inputs that can be read only once as files of plain text.
///
/// A file appears under its name when it is complete; what is not complete is removed.
struct Spool {
  /// A file in the folder.
  struct File {
    var path: String
    /// Halves of characters that could not be transcoded.
    var invalid: Int
  }

  private let folder: String
  private let tokenKind: Vocabulary.TokenKind
  private let madeFolder: Bool
  private var files: [String] = []

  /// - Parameter folder: where the files go; it is made if it is missing.
  init(folder: String, tokenKind: Vocabulary.TokenKind) throws {
    self.folder = URL(fileURLWithPath: folder).standardizedFileURL.path
    self.tokenKind = tokenKind
    madeFolder = !FileManager.default.fileExists(atPath: folder)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw TextInputError.cannotWrite(path: folder, reason: systemReason()) }
  }

  /// Writes what `source` gives, decompressed and as UTF-8, to a new file.
  ///
  /// - Parameter name: what errors call the input, and the file's name as far as it can be one.
  mutating func add(_ source: @escaping ByteSource, name: String) throws -> File {
    let text = try TextSource(source, tokenKind: tokenKind, name: name)
    let path = folder + "/" + fileName(for: name)
    guard try write(text.read, to: path) else {
      throw TextInputError.empty(path: name)
    }
    files.append(path)
    return File(path: path, invalid: text.invalid)
  }

  /// Removes everything that was added.
  func removeAll() {
    for path in files { unlink(path) }
    if madeFolder { rmdir(folder) }
  }

  /// - Returns: false, and there is no file, if the source gives nothing.
  private func write(_ source: ByteSource, to path: String) throws -> Bool {
    let partial = path + ".partial"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw TextInputError.cannotWrite(path: path, reason: systemReason())
    }
    do {
      defer { close(descriptor) }
      var isEmpty = true
      try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { bytes in
        while case let count = try source(bytes), count > 0 {
          isEmpty = false
          try write(UnsafeRawBufferPointer(rebasing: bytes[..<count]), to: descriptor, path)
        }
      }
      if isEmpty {
        unlink(partial)
        return false
      }
      guard fsync(descriptor) == 0, rename(partial, path) == 0 else {
        throw TextInputError.cannotWrite(path: path, reason: systemReason())
      }
      syncFolder()
      return true
    } catch {
      unlink(partial)
      throw error
    }
  }

  /// A renamed file survives a loss of power only when its folder is written too.
  private func syncFolder() {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String
  ) throws {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw TextInputError.cannotWrite(path: path, reason: systemReason())
      }
      written += count
    }
  }

  private func fileName(for name: String) -> String {
    var last = name.split(separator: "/").last.map(String.init) ?? "input"
    if last.hasSuffix(".gz") { last.removeLast(3) }
    if last == standardInputName { last = "standard-input.txt" }
    let number = String(files.count + 1)
    return String(repeating: "0", count: max(0, 4 - number.count)) + number + "-" + last
  }
}
