internal import Foundation

/// What is at a path, links followed.
package struct PlaceInFiles: Hashable {
  package enum Kind { case file, folder, other }

  package let kind: Kind
  private let device: UInt64
  private let inode: UInt64

  /// Nil if there is nothing, or it may not be seen; then `errno` says why.
  package init?(_ path: String) {
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

  /// What the system's last error means, in its words.
  package static var systemReason: String { String(cString: strerror(errno)).lowercased() }
}
