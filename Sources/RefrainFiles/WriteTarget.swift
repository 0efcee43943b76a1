#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file about to be written, and the names of the temporary files that belong to it.
///
/// A temporary file's name says whose it is: `.NAME.PROCESS-START-ATTEMPT.partial`, with the
/// target's name, the process's number, a random number drawn once when the process started, and a
/// count. The random number tells apart two processes that were given the same number, as happens
/// in containers, where the first process is always the same.
package struct WriteTarget {
  package let path: String
  package let folder: String
  package let name: String

  package init(_ path: String) {
    self.path = path
    if let slash = path.lastIndex(of: "/") {
      folder = slash == path.startIndex ? "/" : String(path[..<slash])
      name = String(path[path.index(after: slash)...])
    } else {
      folder = "."
      name = path
    }
  }

  /// The target that a temporary file of this name would belong to; nil for any other name.
  init?(ofTemporary name: String, in folder: String) {
    guard name.hasPrefix("."), name.hasSuffix(Self.suffix),
      let dot = name.dropLast(Self.suffix.count).lastIndex(of: "."), dot > name.startIndex
    else { return nil }
    self.init(folder + "/" + name[name.index(after: name.startIndex)..<dot])
  }

  func temporaryPath(attempt: Int) -> String {
    "\(folder)/\(ownPrefix)\(attempt)\(Self.suffix)"
  }

  /// Makes a new file that nobody else writes, to be read and written, with the old one's permissions
  /// where there is one.
  ///
  /// - Returns: its path, and a descriptor for the caller to close.
  /// - Throws: ``Refusal``.
  package func createTemporary() throws(Refusal) -> (path: String, descriptor: Int32) {
    var status = stat()
    let permissions = stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o666
    // A name is taken only while another thread of this process writes to the same target.
    for attempt in 0..<100 {
      let temporary = temporaryPath(attempt: attempt)
      let descriptor = retryingInterrupted {
        open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
      }
      if descriptor >= 0 { return (temporary, descriptor) }
      if errno != EEXIST { break }
    }
    throw Refusal(code: errno)
  }

  /// The system does not let the file be made.
  package struct Refusal: Error {
    /// Its `errno`.
    package let code: Int32
  }

  /// Whether a file of this name is a temporary file of this target whose process is gone.
  func isLeftover(_ fileName: String) -> Bool {
    guard fileName.hasPrefix(prefix), fileName.hasSuffix(Self.suffix),
      fileName.utf8.count > prefix.utf8.count + Self.suffix.utf8.count
    else { return false }
    let middle = fileName.dropFirst(prefix.count).dropLast(Self.suffix.count)
    let parts = middle.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let process = Int32(parts[0]), process > 0,
      UInt64(parts[1], radix: 16) != nil, parts[1].count == 16, Int(parts[2]) != nil
    else { return false }
    if process == getpid() { return parts[1] != Self.start }
    return kill(process, 0) == -1 && errno == ESRCH
  }

  /// Whether a file of this name is one that this process is writing for the target.
  func isUnfinished(_ fileName: String) -> Bool {
    fileName.hasPrefix(ownPrefix) && fileName.hasSuffix(Self.suffix)
  }

  private var prefix: String { ".\(name)." }
  private var ownPrefix: String { "\(prefix)\(getpid())-\(Self.start)-" }
  private static let suffix = ".partial"

  private static let start: String = {
    let digits = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }()
}
