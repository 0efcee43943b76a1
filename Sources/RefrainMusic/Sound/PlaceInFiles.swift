internal import Foundation

/// What is at a path, links followed.
struct PlaceInFiles: Hashable {
  enum Kind { case file, folder, other }

  let kind: Kind
  private let device: UInt64
  private let inode: UInt64

  /// Nil if there is nothing, or it may not be seen; then `errno` says why.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }
}
