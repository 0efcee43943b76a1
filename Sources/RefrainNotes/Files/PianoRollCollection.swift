internal import Foundation
internal import Refrain

/// Pieces in the three parts that a data set comes in.
public struct PianoRollCollection: Equatable, Sendable {
  /// The pieces to train on.
  public let training: [PianoRoll]

  /// The pieces to validate on.
  public let validation: [PianoRoll]

  /// The pieces to test on.
  public let test: [PianoRoll]

  /// Reads the file at `path`: JSON with `train`, `valid` and `test`, each a list of pieces, a piece a list
  /// of time steps, a time step a list of the MIDI numbers of keys that are down. The Bach chorales are passed on
  /// like this.
  ///
  /// - Throws: ``NotesError``, or `FileError` if the file cannot be read.
  public init(path: String) throws {
    let file = try ByteFile(path)
    try self.init(bytes: try file.read(at: 0, count: file.size), path: path)
  }

  /// Reads what such a file holds.
  ///
  /// - Parameters:
  ///   - bytes: the contents of the file.
  ///   - path: what errors call it.
  public init(bytes: [UInt8], path: String) throws(NotesError) {
    let lists: Lists
    do {
      lists = try JSONDecoder().decode(Lists.self, from: Data(bytes))
    } catch DecodingError.keyNotFound(let key, _) {
      throw .notPieces(path: path, reason: "it lacks “\(key.stringValue)”")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context)
    {
      throw .notPieces(
        path: path, reason: "something else stands at \(Self.place(context.codingPath))")
    } catch {
      throw .notPieces(path: path, reason: "it is not JSON")
    }
    training = try Self.pieces(lists.train, part: "train", path: path)
    validation = try Self.pieces(lists.valid, part: "valid", path: path)
    test = try Self.pieces(lists.test, part: "test", path: path)
  }

  private struct Lists: Decodable {
    let train: [[[Int]]]
    let valid: [[[Int]]]
    let test: [[[Int]]]
  }

  private static func pieces(
    _ pieces: [[[Int]]], part: String, path: String
  ) throws(NotesError) -> [PianoRoll] {
    var rolls: [PianoRoll] = []
    for (piece, timeSteps) in pieces.enumerated() {
      var frames: [KeySet] = []
      for (timeStep, notes) in timeSteps.enumerated() {
        do {
          frames.append(try KeySet(notes))
        } catch {
          throw .notPieces(
            path: path,
            reason: "\(error) at time step \(timeStep + 1) of piece \(piece + 1) in “\(part)”")
        }
      }
      rolls.append(PianoRoll(frames))
    }
    return rolls
  }

  /// Lists count from 1.
  private static func place(_ path: [any CodingKey]) -> String {
    if path.isEmpty { return "its top" }
    return path.map { $0.intValue.map { "number \($0 + 1)" } ?? "“\($0.stringValue)”" }
      .joined(separator: ", ")
  }
}
