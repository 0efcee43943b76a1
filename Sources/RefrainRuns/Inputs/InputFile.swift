internal import Foundation
internal import Refrain

/// An input of a run, which is found again by its path and hash.
public struct InputFile: Codable, Equatable, Sendable {
  /// Where it lay, from the root.
  public let path: String
  /// The hash of its bytes, as 32 hexadecimal digits.
  public let hash: String

  /// The file at `path` as it is now.
  ///
  /// - Throws: ``/RefrainFiles/FileError`` if it cannot be read.
  public init(_ path: String) throws {
    hash = try FileHash(ofFileAt: path).hex
    self.path = URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// An input that is known already.
  public init(path: String, hash: String) {
    self.path = path
    self.hash = hash
  }

  /// Where the file is now.
  ///
  /// - Throws: ``InputFileError``: `changed`, `moved` or `vanished`; ``/RefrainFiles/FileError`` if it cannot be
  ///   read.
  public func find(_ moved: MovedPaths) throws -> String {
    let now = moved.place(of: path)
    guard FileManager.default.fileExists(atPath: now) else {
      throw InputFileError.missing(path: now) { (try? FileHash(ofFileAt: $0).hex) == hash }
    }
    guard try FileHash(ofFileAt: now).hex == hash else {
      throw InputFileError.changed(path: now)
    }
    return now
  }
}

/// Files and folders that lie elsewhere now.
public struct MovedPaths: Sendable {
  private let places: [String: String]

  /// - Parameter places: old paths, and the new path of each.
  public init(_ places: [String: String] = [:]) { self.places = places }

  /// Where a file is now. Of several old paths that fit, the longest is the most exact.
  public func place(of path: String) -> String {
    let fitting = places.keys.filter { path == $0 || path.hasPrefix(Self.folder($0)) }
    guard let old = fitting.max(by: { $0.utf8.count < $1.utf8.count }), let new = places[old]
    else { return path }
    return path == old ? new : Self.folder(new) + path.dropFirst(Self.folder(old).count)
  }

  private static func folder(_ path: String) -> String {
    path.hasSuffix("/") ? path : path + "/"
  }
}
