internal import Foundation

/// A file that is written under a hidden name beside its target, and is gone unless it takes the
/// target's name.
final class UnfinishedFile {
  /// The target.
  let path: String
  let temporaryPath: String
  let descriptor: Int32
  private let folder: String
  private var isFinished = false

  init(_ path: String) throws(SoundError) {
    let slash = path.lastIndex(of: "/")
    folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    if let place = PlaceInFiles(path), place.kind != .file {
      throw place.kind == .folder ? .isFolder(path: path) : .notAFile(path: path)
    }
    let random = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    temporaryPath = "\(folder)/.\(name).\(getpid())-\(random).partial"
    var status = stat()
    let permissions = stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o666
    descriptor = open(temporaryPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    self.path = path
  }

  deinit {
    close(descriptor)
    if !isFinished { unlink(temporaryPath) }
  }

  /// Brings the bytes to the disk and puts the file in its target's place.
  func takeName() throws(SoundError) {
    guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else {
      throw .cannotWrite(path: path, reason: systemReason())
    }
    isFinished = true
    // The name as well; a file system that has no notion of that has already done what it does.
    let folderDescriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folderDescriptor >= 0 {
      fsync(folderDescriptor)
      close(folderDescriptor)
    }
  }
}
