internal import Foundation
public import Refrain

/// Why a run folder cannot be used.
public enum RunFolderError: SentenceError, Equatable {
  /// There is something already.
  case exists(path: String)
  /// It cannot be made.
  case cannotCreate(path: String, reason: String)
  /// There is nothing.
  case nothing(path: String)
  /// It has no model.
  case noModel(path: String)

  /// One sentence for a person.
  public var sentence: Sentence {
    switch self {
    case .exists(let path):
      let sentence: Sentence = "\(path) exists already; choose another folder for \(.to)"
      let folder = RunFolder(path)
      if !folder.isRun { return sentence + "." }
      return FileManager.default.fileExists(atPath: folder.last)
        ? sentence + ", or go on with that run: \(.resume) \(path)."
        : sentence + ", or delete it if its training ended before it saved a model."
    case .cannotCreate(let path, let reason):
      return "The folder \(path) cannot be made: \(reason); choose another place for \(.to)."
    case .nothing(let path):
      return "There is no file or folder \(path); name a run folder or a model file."
    case .noModel(let path):
      return "The folder \(path) holds no model; name a run folder that \(.train) has made."
    }
  }
}
