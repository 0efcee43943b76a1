internal import Foundation
public import Refrain

/// Why the inputs of a run cannot be listed, or found again.
public enum InputFileError: SentenceError, Equatable {
  /// No input was named.
  case nothingGiven
  /// There is no file or folder at `path`.
  case noSuchFile(path: String)
  /// The system refuses to open or read `path`.
  case unreadable(path: String, reason: String)
  /// A named pipe, a socket or a device.
  case notAFile(path: String)
  /// A file is no longer what it was.
  case changed(path: String)
  /// A file lies at another place beside the old one.
  case moved(path: String, to: String)
  /// A file is no longer there.
  case vanished(path: String)

  /// What is said of a file that is no longer there.
  ///
  /// - Parameter isIt: whether another file beside it is the one that is missing.
  package static func missing(path: String, isIt: (String) -> Bool) -> InputFileError {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let place = names.sorted().map { folder + "/" + $0 }.first(where: isIt)
    return place.map { .moved(path: path, to: $0) } ?? .vanished(path: path)
  }

  /// One sentence.
  public var sentence: Sentence {
    switch self {
    case .nothingGiven: "No input was given: name files or folders."
    case .noSuchFile(let path): "There is no file or folder \(path): check the spelling."
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason)): check its permissions."
    case .notAFile(let path):
      "\(path) is neither a file nor a folder: save what it gives as a file first, or pass text through "
        + "standard input, as -."
    case .changed(let path):
      "\(path) has changed since it was first read: put the old file back, or begin a new run."
    case .moved(let path, let to):
      "\(path) has moved, it seems to \(to): put it back, or say where it is with \(.moved)."
    case .vanished(let path):
      "\(path) is no longer there: put it back, or say where it (or its folder) is now with "
        + "\(.moved)."
    }
  }
}
