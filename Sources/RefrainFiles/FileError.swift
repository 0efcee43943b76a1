#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be read or written: one sentence that names the file, the reason, and what
/// to do about it.
public enum FileError: Error, Equatable, CustomStringConvertible {
  /// The system refused to open or read the file; `code` is its `errno`.
  case unreadable(path: String, code: Int32)

  /// The path leads to a folder, a pipe or a device, where a file with a length is needed.
  case notAFile(path: String)

  /// The file ends before `end`: it is shorter than it was when it was opened, or than the reader
  /// was led to believe.
  case endsEarly(path: String, end: Int, size: Int)

  /// The file could not be written, and what was there before is unchanged; `code` is the system's
  /// `errno`.
  case unwritable(path: String, code: Int32)

  /// The new file is complete and in its place, but its folder could not be brought to the disk: a
  /// power failure now could bring the old file back.
  case folderNotSynced(path: String, code: Int32)

  /// The sentence for whoever has to put it right.
  public var description: String {
    switch self {
    case .unreadable(let path, let code):
      "\(path) cannot be read: \(Self.reason(code)); \(Self.readingAdvice(code))"
    case .notAFile(let path):
      "\(path) is not a regular file; name a file, not a folder, a pipe or a device"
    case .endsEarly(let path, let end, let size):
      "\(path) ends after \(size.grouped) bytes where \(end.grouped) are needed; "
        + "leave the file alone while it is read, or copy it again"
    case .unwritable(let path, let code):
      "\(path) was not written, and what was there is unchanged: \(Self.reason(code)); "
        + Self.writingAdvice(code)
    case .folderNotSynced(let path, let code):
      "\(path) was written, but its folder could not be brought to the disk: "
        + "\(Self.reason(code)); check that disk, then save again"
    }
  }

  private static func reason(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  private static func readingAdvice(_ code: Int32) -> String {
    switch code {
    case ENOENT, ENOTDIR: "check the path"
    case EACCES, EPERM: "ask for permission to read it"
    case EMFILE, ENFILE: "close other programs or raise the limit with “ulimit -n”"
    case EIO: "check that disk, or use a copy from another one"
    default: "check the path and the disk it is on"
    }
  }

  private static func writingAdvice(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "free some space on that disk, or choose another folder"
    case EFBIG: "raise the limit with “ulimit -f”, or choose another disk"
    case EROFS: "choose a folder on a disk that can be written"
    case EACCES, EPERM: "ask for permission to write in its folder, or choose another one"
    case ENOENT, ENOTDIR: "make its folder first, or check the path"
    case EISDIR, ENOTEMPTY: "a folder has that name; choose another name"
    case ENAMETOOLONG: "choose a shorter name"
    case EMFILE, ENFILE: "close other programs or raise the limit with “ulimit -n”"
    case EIO: "check that disk, or choose a folder on another one"
    default: "check the disk it is on, then try again"
    }
  }
}
