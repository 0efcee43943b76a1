import Foundation
import RefrainNotes

/// A network for notes that trains in a second.
let smallNotes = [
  "--hidden", "8", "--batch-size", "4", "--sequence-length", "8", "--evaluate-every", "10",
]

extension Sandbox {
  /// A sandbox with ten MIDI files in `pieces`, and a collection of pieces.
  static func withNotes() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeNotes(collection: "pieces.json")
    return sandbox
  }

  /// Writes ten MIDI files into `pieces`, and a collection of the same pieces.
  func writeNotes(collection: String) throws {
    try FileManager.default.createDirectory(
      atPath: path("pieces"), withIntermediateDirectories: true)
    let pieces = try (0..<10).map { first in
      PianoRoll(
        try (0..<24).map { timeStep in
          try KeySet([48 + 2 * ((first + timeStep) % 5), 60, 64 + (first + timeStep / 4) % 3])
        })
    }
    for (index, piece) in pieces.enumerated() {
      try piece.writeMIDI(to: path("pieces/\(index).mid"), stepsPerQuarter: 4)
    }
    func list(_ range: Range<Int>) -> String { "\(pieces[range].map { $0.frames.map(\.notes) })" }
    try write(
      #"{"train": \#(list(0..<7)), "valid": \#(list(7..<9)), "test": \#(list(9..<10))}"#,
      to: collection)
  }
}
