internal import Foundation
internal import Refrain
internal import RefrainRuns

/// A file that is written under a hidden name beside its target, and is gone unless it takes the
/// target's name.
final class UnfinishedFile {
  /// The target.
  let path: String
  let descriptor: Int32
  let temporaryPath: String
  private let folder: String
  private var isFinished = false

  init(_ path: String) throws(SoundError) {
    if let place = PlaceInFiles(path), place.kind != .file {
      throw place.kind == .folder ? .isFolder(path: path) : .notAFile(path: path)
    }
    let target = WriteTarget(path)
    do {
      (temporaryPath, descriptor) = try target.createTemporary()
    } catch {
      throw .cannotWrite(path: path, reason: systemReason(error.code))
    }
    folder = target.folder
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
