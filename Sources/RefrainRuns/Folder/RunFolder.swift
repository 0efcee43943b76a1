internal import Foundation
public import Refrain

/// The folder that one training fills: `config.json`, `last.safetensors`, `best.safetensors`,
/// `metrics.csv`, `samples/`, and `inputs/` for inputs that can be read only once.
public struct RunFolder: Sendable {
  /// The folder.
  public let path: String

  /// A folder that there is already, or that ``create(at:)`` makes.
  public init(_ path: String) { self.path = path }

  /// The model as it was last saved.
  public var last: String { path + "/last.safetensors" }
  /// The model with the lowest validation loss.
  public var best: String { path + "/best.safetensors" }
  /// Everything that was asked for, for people to read.
  public var configuration: String { path + "/config.json" }
  /// One line per report.
  public var metrics: String { path + "/metrics.csv" }
  /// Texts made during training.
  public var samples: String { path + "/samples" }
  /// Inputs that can be read only once.
  public var inputs: String { path + "/inputs" }

  /// Whether a training has filled the folder, or is about to.
  public var isRun: Bool {
    [last, metrics].contains { FileManager.default.fileExists(atPath: $0) }
      && FileManager.default.fileExists(atPath: configuration)
  }

  /// Makes the folder.
  ///
  /// - Throws: ``RunFolderError`` if there is something already, or it cannot be made.
  public static func create(at path: String) throws -> RunFolder {
    if FileManager.default.fileExists(atPath: path) { throw RunFolderError.exists(path: path) }
    try make(path)
    return RunFolder(path)
  }

  /// Makes a folder, and those above it that are missing.
  private static func make(_ path: String) throws {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    let above = WriteTarget(String(trimmed)).folder
    if !FileManager.default.fileExists(atPath: above) { try make(above) }
    if mkdir(path, 0o777) == 0 { return }
    // Another training has made it in the meantime, and it is that one's.
    if errno == EEXIST { throw RunFolderError.exists(path: path) }
    let reason = String(cString: strerror(errno))
    throw RunFolderError.cannotCreate(
      path: path, reason: reason.prefix(1).lowercased() + reason.dropFirst())
  }

  /// Deletes the folder: for a training that failed before it began, and nothing else.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// The model file that `path` names: the best of a run folder, its last where none is best yet, or the
  /// file itself.
  ///
  /// - Throws: ``RunFolderError/noModel(path:)`` for a folder without a model.
  public static func model(at path: String) throws -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw RunFolderError.nothing(path: path)
    }
    if !isFolder.boolValue { return path }
    let folder = RunFolder(path)
    for file in [folder.best, folder.last] where FileManager.default.fileExists(atPath: file) {
      return file
    }
    throw RunFolderError.noModel(path: path)
  }

  /// The last model of the run to go on with.
  ///
  /// - Throws: ``RunFolderError``.
  public func resumable() throws -> String {
    guard FileManager.default.fileExists(atPath: path) else {
      throw RunFolderError.nothing(path: path)
    }
    guard FileManager.default.fileExists(atPath: last) else {
      throw RunFolderError.noModel(path: path)
    }
    for folder in [path, samples] { DurableFile.removeLeftovers(in: folder) }
    return last
  }

  /// Writes the model as the last one and, if it is the best so far, as the best.
  ///
  /// - Throws: ``/RefrainFiles/FileError``.
  public func save(_ model: ModelFile, isBest: Bool) throws {
    let bytes = try model.encoded()
    if isBest { try DurableFile.write(bytes, to: best) }
    try DurableFile.write(bytes, to: last)
  }

  /// The run folder that a model file lies in; nil for a file that lies elsewhere.
  public static func containing(model path: String) -> RunFolder? {
    let folder = RunFolder(WriteTarget(path).folder)
    return FileManager.default.fileExists(atPath: folder.last) ? folder : nil
  }
}
