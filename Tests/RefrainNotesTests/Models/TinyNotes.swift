import Foundation
import Refrain
import RefrainNotes
import TestSupport

/// Pieces of a few chords, each held for two time steps, that come in the same order from another beginning:
/// what follows is easily learned.
enum TinyNotes {
  private static let chords = [
    [48, 64, 67, 72], [53, 65, 69, 72], [55, 62, 67, 71], [48, 60, 64, 67],
  ]

  static func piece(_ first: Int, timeSteps: Int = 24) -> PianoRoll {
    PianoRoll(
      (0..<timeSteps).map { timeStep in
        var keys = KeySet()
        for note in chords[(first + timeStep / 2) % chords.count] { keys.insert(note) }
        return keys
      })
  }

  /// Writes a folder of MIDI files and returns its path.
  static func write(_ count: Int = 10, to scratch: Scratch) throws -> String {
    let folder = scratch.path + "/pieces"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for index in 0..<count {
      try piece(index).writeMIDI(to: "\(folder)/\(index).mid", stepsPerQuarter: 4)
    }
    return folder
  }

  /// Writes a collection of pieces and returns its path.
  static func writeCollection(to scratch: Scratch) throws -> String {
    func list(_ pieces: [PianoRoll]) -> String { "\(pieces.map { $0.frames.map(\.notes) })" }
    let json = """
      {"train": \(list((0..<8).map { piece($0) } + [piece(0, timeSteps: 1)])),
       "valid": \(list([piece(1), piece(2)])), "test": \(list([piece(3, timeSteps: 11)]))}
      """
    return try scratch.write(json.utf8, "pieces.json")
  }

  /// A training of two evaluations.
  static func request(_ inputs: [String], steps: Int = 20) -> NotesTrainingRequest {
    var request = NotesTrainingRequest(inputs: inputs)
    request.model.hidden = 12
    request.configuration.batchSize = 4
    request.configuration.sequenceLength = 8
    request.configuration.evaluateEvery = 10
    request.limits.steps = steps
    request.threads = 1
    return request
  }
}

extension TrainingRequest where M == NotesMaterial {
  /// Takes a network without dropout that is large enough for all of the pieces.
  mutating func learnsByHeart() {
    options.model.hidden = 24
    (options.model.inputDropout, options.model.dropout) = (0, 0)
  }
}
