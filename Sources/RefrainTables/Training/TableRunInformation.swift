internal import Foundation
public import Refrain

/// What a model file says of the table that it was trained with.
public struct TableRunInformation: Codable, Equatable, Sendable {
  /// A file that is found again by its path and hash.
  public struct File: Codable, Equatable, Sendable {
    /// Where it lay, from the root.
    public let path: String
    /// The hash of its bytes, as 32 hexadecimal digits.
    public let hash: String
  }

  /// What is learned.
  public let task: TableTask
  /// The table.
  public let table: File
  /// A table of its own to validate on.
  public let validation: File?
  /// How the table's rows are divided.
  let parts: TableParts
  /// Steps between two samples; 0: one at each evaluation.
  public internal(set) var sampleEvery: Int
  /// Models of the last evaluations to keep.
  public internal(set) var keep: Int

  init(
    task: TableTask, table: File, validation: File?, parts: TableParts, sampleEvery: Int, keep: Int
  ) {
    self.task = task
    self.table = table
    self.validation = validation
    self.parts = parts
    self.sampleEvery = sampleEvery
    self.keep = keep
  }

  /// The name of it in a model file.
  static let name = "table"

  /// Elements that no row has more of.
  private static let mostElements = 1 << 24

  /// What a model file says.
  ///
  /// - Parameter path: what errors call the file.
  /// - Throws: `ModelFileError` if it is no model of a table, or says what cannot be.
  public init(_ model: ModelFile, path: String) throws {
    guard let text = model.information[Self.name] else {
      throw ModelFileError.damaged(
        path: path, what: "it says nothing of a table, so it is no model of one")
    }
    guard let value = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)),
      value.isPossible, value.task.fits(model.network.description)
    else {
      throw ModelFileError.damaged(
        path: path, what: "what it says of its table does not go with the network")
    }
    self = value
  }

  private var isPossible: Bool {
    parts.validation >= 0 && parts.test >= 0 && parts.validation + parts.test < 1
      && (1...Self.mostElements).contains(task.longestInput)
      && (1...Self.mostElements).contains(task.longestTarget) && !task.inputs.isEmpty
      && !task.targets.isEmpty && sampleEvery >= 0 && keep >= 0
  }
}

extension TableRunInformation.File {
  /// The file at `path` as it is now.
  ///
  /// - Throws: `FileError` if it cannot be read.
  init(_ path: String) throws {
    hash = try FileHash(ofFileAt: path).hex
    self.path = URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// Where the file is now.
  ///
  /// - Throws: `FileError` if it cannot be read, or ``TableTrainingError/changed(path:)``.
  func found(_ moved: [String: String]) throws -> String {
    let now = Self.place(of: path, moved)
    guard try FileHash(ofFileAt: now).hex == hash else {
      throw TableTrainingError.changed(path: now)
    }
    return now
  }

  private static func place(of path: String, _ moved: [String: String]) -> String {
    for (old, new) in moved.sorted(by: { $0.key.count > $1.key.count }) {
      if path == old { return new }
      let folder = old.hasSuffix("/") ? old : old + "/"
      if path.hasPrefix(folder) {
        return (new.hasSuffix("/") ? new : new + "/") + path.dropFirst(folder.count)
      }
    }
    return path
  }
}

extension ModelFile {
  /// Whether the model has learned from a table.
  public var isTable: Bool { information[TableRunInformation.name] != nil }
}
