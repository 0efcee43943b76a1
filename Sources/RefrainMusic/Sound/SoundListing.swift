internal import Foundation
internal import Refrain

/// The sound files that some files and folders stand for.
///
/// Folders are searched to the bottom, in the order of names. Hidden files are passed over; a file
/// that comes up twice is listed once, a link back to a folder that contains it is not followed,
/// and a run of Refrain's is left out: nobody wants to learn from what was made.
public struct SoundListing: Equatable, Sendable {
  /// A sound file.
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
  }

  /// What was asked for.
  public let inputs: [String]
  /// The files that begin as sound files do.
  public private(set) var entries: [Entry] = []
  /// What else there is, and why it is not read.
  public private(set) var skipped: [Skipped] = []
  private var seen: Set<PlaceInFiles> = []

  /// Lists what `inputs` stand for; nothing is read but the beginnings of files.
  ///
  /// - Parameter inputs: paths of files and folders.
  /// - Throws: ``SoundError`` if there are no inputs, one of them does not exist, cannot be read,
  ///   or is a file that is not sound, or if all of them together hold no sound file.
  public init(_ inputs: [String]) throws(SoundError) {
    guard !inputs.isEmpty else { throw .nothingGiven }
    self.inputs = inputs
    for input in inputs {
      guard let place = PlaceInFiles(input) else {
        if errno == ENOENT || errno == ENOTDIR { throw .noSuchFile(path: input) }
        throw .unreadable(path: input, reason: systemReason())
      }
      switch place.kind {
      case .other: throw .notAFile(path: input)
      case .folder: try addFolder(input, place, inside: [])
      case .file:
        try Self.check(input)
        add(input, place, isNamed: true)
      }
    }
    guard !entries.isEmpty else {
      throw .noSound(inputs: inputs, firstReason: skipped.first.map { "\($0.path): \($0.reason)" })
    }
  }

  private mutating func add(_ path: String, _ place: PlaceInFiles, isNamed: Bool) {
    if seen.insert(place).inserted {
      entries.append(Entry(path: path, isNamed: isNamed))
    } else {
      skip(path, "it is among the inputs already")
    }
  }

  private mutating func addFolder(
    _ path: String, _ place: PlaceInFiles, inside folders: [PlaceInFiles]
  ) throws(SoundError) {
    guard !folders.contains(place) else {
      return skip(path, "it leads back to a folder that contains it")
    }
    guard !RunFolder(path).isRun else { return skip(path, "it is a run of Refrain's") }
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
      if folders.isEmpty {
        throw SoundError.unreadable(path: path, reason: "the system refuses to list it")
      }
      return skip(path, "the system refuses to list it")
    }
    for name in names where !name.hasPrefix(".") {
      let item = path.hasSuffix("/") ? path + name : path + "/" + name
      guard let itemPlace = PlaceInFiles(item) else {
        skip(item, "it cannot be opened")
        continue
      }
      switch itemPlace.kind {
      case .other: skip(item, "it is neither a file nor a folder")
      case .folder: try addFolder(item, itemPlace, inside: folders + [place])
      case .file:
        do {
          try Self.check(item)
          add(item, itemPlace, isNamed: false)
        } catch { skip(item, error.shortReason) }
      }
    }
  }

  private mutating func skip(_ path: String, _ reason: String) {
    skipped.append(Skipped(path: path, reason: reason))
  }

  private static func check(_ path: String) throws(SoundError) {
    let file = try SoundFile.open(path)
    let signature: SoundSignature
    do { signature = try SoundSignature(file) } catch {
      throw .unreadable(path: path, reason: "the system refuses to read it")
    }
    switch signature {
    case .sound: return
    case .other(let kind): throw .notSound(path: path, kind: kind)
    case .unknown: throw .notSound(path: path, kind: nil)
    }
  }
}

extension SoundError {
  /// Why a file was passed over, without its name: "it is empty".
  var shortReason: String {
    switch self {
    case .unreadable(_, let reason): "it cannot be read (\(reason))"
    case .empty: "it is empty"
    case .notSound(_, let kind): kind.map { "it is \($0)" } ?? "it is not a sound file"
    case .damaged(_, let reason): "it is damaged (\(reason))"
    case .noSamples: "it holds not a single sample"
    case .strangeSampleRate(_, let rate): "it has \(rate) samples per second"
    case .tooLong(_, let hours): "it is longer than \(SoundWords.number(hours)) hours"
    case .noSuchFile: "it is no longer there"
    default: "it is not a sound file"
    }
  }
}
