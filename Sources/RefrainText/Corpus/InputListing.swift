internal import Foundation
import Refrain

/// The files that the inputs of a command stand for.
struct InputListing {
  /// Something to read.
  struct Entry: Equatable {
    /// Absolute; nil for standard input.
    var path: String?
    /// As the user knows it.
    var name: String
    /// Whether the user named it, rather than a folder that holds it.
    var isNamed: Bool
  }

  private(set) var entries: [Entry] = []
  private(set) var skipped: [CorpusReport.Skipped] = []
  private var seenPlaces: Set<[UInt64]> = []

  /// No inputs.
  init() {}

  /// - Parameter inputs: paths of files and folders, or `-`.
  init(_ inputs: [String]) throws {
    guard !inputs.isEmpty else { throw TextInputError.nothingGiven }
    for input in inputs {
      if input == "-" {
        entries.append(Entry(path: nil, name: standardInputName, isNamed: true))
      } else {
        let path = URL(fileURLWithPath: input).standardizedFileURL.path
        try add(path, name: input)
      }
    }
  }

  private mutating func add(_ path: String, name: String) throws {
    let status: FileStatus
    do { status = try FileStatus(path: path) } catch TextInputError.noSuchFile {
      throw TextInputError.noSuchFile(path: name)
    }
    switch status.kind {
    case .other: throw TextInputError.notAFile(path: name)
    case .file: addFile(path, name: name, status, isNamed: true)
    case .folder: try addFolder(path, name: name, inside: [status])
    }
  }

  private mutating func addFile(
    _ path: String, name: String, _ status: FileStatus, isNamed: Bool
  ) {
    if seenPlaces.insert([status.device, status.inode]).inserted {
      entries.append(Entry(path: path, name: name, isNamed: isNamed))
    } else {
      skip(name, "it is among the inputs already")
    }
  }

  private mutating func addFolder(
    _ path: String, name: String, inside folders: [FileStatus]
  ) throws {
    let items: [String]
    do { items = try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
      throw TextInputError.unreadable(path: name, reason: "the system refuses to list it")
    }
    for item in items where !item.hasPrefix(".") {
      let itemPath = path + "/" + item
      let itemName = (name.hasSuffix("/") ? name : name + "/") + item
      guard let status = try? FileStatus(path: itemPath) else {
        skip(itemName, "it cannot be opened")
        continue
      }
      switch status.kind {
      case .file: addFile(itemPath, name: itemName, status, isNamed: false)
      case .other: skip(itemName, "it is neither a file nor a folder")
      case .folder:
        if folders.contains(where: { $0.isSamePlace(as: status) }) {
          throw TextInputError.folderLoop(path: itemName)
        }
        if RunFolder(itemPath).isRun {
          skip(itemName, "it is a run of Refrain's")
        } else {
          try addFolder(itemPath, name: itemName, inside: folders + [status])
        }
      }
    }
  }

  /// Notes that `name` is not read, and why.
  mutating func skip(_ name: String, _ reason: String) {
    skipped.append(CorpusReport.Skipped(path: name, reason: reason))
  }
}

/// How messages call standard input.
let standardInputName = "standard input"
