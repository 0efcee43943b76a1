internal import Foundation
internal import Refrain
internal import RefrainRuns

/// Questions to a sound file, short of reading it.
public enum SoundFile {
  /// Samples per second that are read and written, in hertz.
  public static let sampleRates = 4_000...384_000

  /// Whether the file at `path` begins as a sound file does; its name does not matter.
  ///
  /// False as well for what is no file or cannot be read.
  public static func looksLikeSound(_ path: String) -> Bool {
    guard let file = try? open(path) else { return false }
    return (try? SoundSignature(file)) == .sound
  }

  /// What a sound file says about itself in words.
  ///
  /// - Throws: ``SoundError`` if it is none or cannot be read.
  public static func tags(_ path: String) throws(SoundError) -> SoundTags {
    let handle = try SoundHandle(reading: path)
    return SoundTags(title: handle.title, comment: handle.comment)
  }

  /// The comment that a sound file carries; nil without one.
  ///
  /// - Throws: ``SoundError`` if it is none or cannot be read.
  public static func comment(_ path: String) throws(SoundError) -> String? {
    try tags(path).comment
  }

  /// Opens what is expected to be a file with something in it.
  static func open(_ path: String) throws(SoundError) -> ByteFile {
    let file: ByteFile
    do { file = try ByteFile(path) } catch {
      switch error as? FileError {
      case .notAFile:
        let isFolder = PlaceInFiles(path)?.kind == .folder
        throw isFolder ? .isFolder(path: path) : .notAFile(path: path)
      case .unreadable(_, code: ENOENT), .unreadable(_, code: ENOTDIR):
        throw .noSuchFile(path: path)
      case .unreadable(_, let code):
        throw .unreadable(path: path, reason: String(cString: strerror(code)).lowercased())
      default: throw .unreadable(path: path, reason: "the system refuses to open it")
      }
    }
    guard file.size > 0 else { throw .empty(path: path) }
    return file
  }
}
