internal import Foundation
internal import Refrain

extension NotesCorpus {
  /// The pieces of a run, read again.
  ///
  /// - Parameter moved: folders or files of the notes and where they are now.
  /// - Throws: ``NotesTrainingError`` if a file is no longer there, or another one; ``NotesError`` if it
  ///   cannot be read.
  public init(reopening information: NotesRunInformation, moved: [String: String] = [:]) throws {
    let paths = information.sources.map { Self.place(of: $0.path, moved) }
    for (path, source) in zip(paths, information.sources) {
      guard FileManager.default.fileExists(atPath: path) else {
        throw NotesTrainingError.vanished(path: path)
      }
      guard String(describing: try FileHash(ofFileAt: path)) == source.hash else {
        throw NotesTrainingError.changed(path: path)
      }
    }
    try self.init(
      NotesListing(paths), momentsPerQuarter: information.momentsPerQuarter,
      validationFraction: information.validationFraction)
  }

  private static func place(of path: String, _ moved: [String: String]) -> String {
    for (old, new) in moved where path == old || path.hasPrefix(old + "/") {
      return new + path.dropFirst(old.count)
    }
    return path
  }
}
