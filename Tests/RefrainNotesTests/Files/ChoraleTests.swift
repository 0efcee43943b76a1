import Foundation
import RefrainRuns
import RefrainNotes
import Testing

/// The Bach chorales beside the project, or beside a folder that it lies in; nil where they are not.
private let chorales: String? = {
  var folder = URL(filePath: #filePath)
  while folder.pathComponents.count > 1 {
    folder.deleteLastPathComponent()
    let file = folder.appending(path: "shared/data/jsb-chorales-quarter.json")
    if FileManager.default.fileExists(atPath: file.path) { return file.path }
  }
  return nil
}()

struct ChoraleTests {
  @Test(.enabled(if: chorales != nil, "the chorales are not beside the project"))
  func choralesAreRead() throws {
    let pieces = try PianoRollCollection(path: try #require(chorales))
    #expect(pieces.training.count == 229 && pieces.validation.count == 76)
    #expect(pieces.test.count == 77)
    #expect(pieces.training[0].frames[0].notes == [60, 72, 79, 88])
    for piece in pieces.test {
      #expect(try PianoRoll(midi: piece.midi(), path: "x.mid") == piece)
    }
  }

  /// The published split, and what can be predicted without a network.
  @Test(.enabled(if: chorales != nil, "the chorales are not beside the project"))
  func choralesArePredictedByTheirFrequencies() throws {
    let corpus = try NotesCorpus(InputListing(notes: [try #require(chorales)]))
    let statistics = KeyStatistics(corpus.training)
    #expect(abs(statistics.lossOfFrequencies(corpus.test) - 11.09) < 0.01)
    #expect(abs(statistics.lossOfHolding(corpus.test) - 10.49) < 0.01)
    let usual = NotesMeasures(corpus.training)
    #expect(abs(usual.keysAtATime - 3.90) < 0.01 && usual.lowest == 43 && usual.highest == 96)
  }
}
