internal import Foundation

/// The files that some files and folders stand for.
///
/// Folders are searched to the bottom, in the order of names. Hidden files are passed over; a file that comes
/// up twice is listed once, a link back to a folder that contains it is not followed, and a run of Refrain's is
/// left out: nobody wants to learn from what was made.
public struct InputListing: Equatable, Sendable {
  /// A file to read.
  public struct Entry: Equatable, Sendable {
    /// As the user knows it.
    public let path: String
    /// Whether the user named it, rather than a folder that holds it.
    public let isNamed: Bool
  }

  /// Something that is not read.
  public struct Skipped: Codable, Equatable, Sendable {
    /// As the user knows it.
    public let path: String
    /// The end of a sentence: "it is not a sound file".
    public let reason: String

    package init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  /// What was asked for.
  public let inputs: [String]
  /// The files to read, each once.
  public private(set) var entries: [Entry] = []
  /// What else there is, and why it is not read.
  public private(set) var skipped: [Skipped] = []
  private var seen: Set<PlaceInFiles> = []

  /// What stands for standard input.
  package static let standardInput = "-"

  /// Decides whether a file is read: it returns a reason to skip one that the user has not named, and throws
  /// where one that they have named cannot be used.
  public typealias Check = (_ path: String, _ isNamed: Bool) throws -> String?

  /// Lists what `inputs` stand for.
  ///
  /// - Parameters:
  ///   - inputs: paths of files and folders.
  ///   - readsStandardInput: whether `-` stands for standard input, which is not checked.
  ///   - check: asked for every file.
  /// - Throws: ``InputFileError`` if there are no inputs, or one of them does not exist or cannot be read; what
  ///   `check` throws.
  public init(
    _ inputs: [String], readsStandardInput: Bool = false, check: Check = { _, _ in nil }
  ) throws {
    guard !inputs.isEmpty else { throw InputFileError.nothingGiven }
    self.inputs = inputs
    for input in inputs {
      if readsStandardInput && input == Self.standardInput {
        entries.append(Entry(path: input, isNamed: true))
        continue
      }
      guard let place = PlaceInFiles(input) else {
        if errno == ENOENT || errno == ENOTDIR { throw InputFileError.noSuchFile(path: input) }
        throw InputFileError.unreadable(path: input, reason: PlaceInFiles.systemReason)
      }
      switch place.kind {
      case .other: throw InputFileError.notAFile(path: input)
      case .folder: try addFolder(input, place, inside: [], check)
      case .file: try addFile(input, place, isNamed: true, check)
      }
    }
  }

  private mutating func addFile(
    _ path: String, _ place: PlaceInFiles, isNamed: Bool, _ check: Check
  ) throws {
    if let reason = try check(path, isNamed) { return skip(path, reason) }
    if seen.insert(place).inserted {
      entries.append(Entry(path: path, isNamed: isNamed))
    } else {
      skip(path, "it is among the inputs already")
    }
  }

  private mutating func addFolder(
    _ path: String, _ place: PlaceInFiles, inside folders: [PlaceInFiles], _ check: Check
  ) throws {
    guard !folders.contains(place) else {
      return skip(path, "it leads back to a folder that contains it")
    }
    guard !RunFolder(path).isRun else { return skip(path, "it is a run of Refrain's") }
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
      let reason = "the system refuses to list it"
      if folders.isEmpty { throw InputFileError.unreadable(path: path, reason: reason) }
      return skip(path, reason)
    }
    for name in names where !name.hasPrefix(".") {
      let item = path.hasSuffix("/") ? path + name : path + "/" + name
      guard let itemPlace = PlaceInFiles(item) else {
        skip(item, "it cannot be opened")
        continue
      }
      switch itemPlace.kind {
      case .other: skip(item, "it is neither a file nor a folder")
      case .folder: try addFolder(item, itemPlace, inside: folders + [place], check)
      case .file: try addFile(item, itemPlace, isNamed: false, check)
      }
    }
  }

  /// Records that what is at `path` is not read, and why.
  package mutating func skip(_ path: String, _ reason: String) {
    skipped.append(Skipped(path: path, reason: reason))
  }
}
