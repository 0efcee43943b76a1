import Foundation
import Refrain
import RefrainRuns
import RefrainNotes
import TestSupport
import Testing

struct NotesCorpusTests {
  private let scratch = try! Scratch()

  @Test func foldersOfMIDI() throws {
    let folder = try TinyNotes.write(to: scratch)
    try FileManager.default.createDirectory(
      atPath: folder + "/inside", withIntermediateDirectories: true)
    try TinyNotes.piece(0, timeSteps: 5).writeMIDI(to: folder + "/inside/x.MID")
    _ = try scratch.write("MThd".utf8, "pieces/broken.mid")
    _ = try scratch.write("MThd".utf8, "pieces/.hidden.mid")
    _ = try scratch.write("about these".utf8, "pieces/readme.txt")
    let listing = try InputListing(notes: [folder, folder + "/3.mid"])
    #expect(
      listing.entries.count == 12
        && listing.skipped.map(\.path) == [folder + "/readme.txt", folder + "/3.mid"])
    #expect(listing.entries.allSatisfy { !$0.isNamed })
    let corpus = try NotesCorpus(listing, stepsPerQuarter: 4, validationFraction: 0.2)
    #expect(!corpus.isCollection && corpus.test.isEmpty)
    #expect(corpus.training == (0..<9).map { TinyNotes.piece($0) })
    // The last one is read in sixteenths, but was written in quarters.
    #expect(corpus.validation.count == 2 && corpus.validation[1].frames.count == 20)
    #expect(corpus.sources.count == 11)
    #expect(corpus.skipped.count == 1 && corpus.skipped[0].contains("broken.mid"))
    #expect(throws: NotesError.self) {
      try NotesCorpus(InputListing(notes: [folder + "/broken.mid"]))
    }
  }

  @Test func collectionsHavePartsOfTheirOwn() throws {
    let path = try TinyNotes.writeCollection(to: scratch)
    let corpus = try NotesCorpus(InputListing(notes: [path]))
    #expect(corpus.isCollection && corpus.stepsPerQuarter == 1)
    // There is nothing to predict in the piece of one time step.
    #expect(corpus.training.count == 8 && corpus.validation.count == 2 && corpus.test.count == 1)
    let midi = try TinyNotes.write(1, to: scratch)
    #expect(throws: NotesError.notAlone(path: path)) { try InputListing(notes: [path, midi]) }
  }

  @Test func whatHoldsNoNotes() throws {
    #expect(throws: InputFileError.nothingGiven) { try InputListing(notes: []) }
    let text = try scratch.write("{\"trains\": [[".utf8, "a.json")
    #expect(throws: NotesError.noNotes(path: text)) { try InputListing(notes: [text]) }
    #expect(throws: NotesError.noNotes(path: scratch.path)) {
      try InputListing(notes: [scratch.path])
    }
    #expect(throws: InputFileError.self) {
      try InputListing(notes: [scratch.path + "/nothing"])
    }
  }

  @Test(arguments: [
    ("MThd", NotesFileKind.midi), (#"{"train": [[[60]]]}"#, .collection),
    (" {\n \"test\" :[ ]", .collection), ("MTh", nil), ("", nil), (#"{"train": 3}"#, nil),
    (#"[{"train": [[]]}]"#, nil), (#"{"training": [["#, nil),
  ])
  func kinds(_ head: String, _ kind: NotesFileKind?) throws {
    #expect(NotesFileKind(ofFileAt: try scratch.write(head.utf8, "x")) == kind)
  }

  @Test func aSinglePieceIsLearned() throws {
    let folder = try TinyNotes.write(1, to: scratch)
    let corpus = try NotesCorpus(InputListing(notes: [folder]))
    #expect(corpus.training.count == 1 && corpus.validation.isEmpty)
  }

  @Test func transpositions() throws {
    let low = PianoRoll(try [[21, 60], [], [61]].map { try KeySet($0) })
    #expect(low.transposed(by: 2)?.frames.map(\.notes) == [[23, 62], [], [63]])
    #expect(low.transposed(by: -1) == nil && low.transposed(by: 0) == low)
    #expect(low.transposed(by: 47)?.frames[2].notes == [108] && low.transposed(by: 48) == nil)
    let json = #"{"train": [[[21, 60], [], [61]], [[50], [52]]], "valid": [], "test": []}"#
    let corpus = try NotesCorpus(
      InputListing(notes: [try scratch.write(json.utf8, "low.json")]))
    let frames = corpus.trainingFrames(transpose: 2, seed: 4)
    // The low piece three times, as it cannot go down, and the other five times.
    #expect(frames.count == 3 * 3 + 5 * 2 && frames.table.starts.count == 8)
    let plain = corpus.trainingFrames(seed: 4)
    #expect(plain.count == 5 && plain.table.starts.count == 2)
    let values = (0..<5).map { KeySet(plain.table[$0]).notes }.sorted { $0.count > $1.count }
    #expect(values[0] == [21, 60] && values.last == [])
  }

  @Test func theSeedDecidesTheOrder() throws {
    let corpus = try NotesCorpus(InputListing(notes: [try TinyNotes.write(to: scratch)]))
    func first(_ seed: UInt64) -> [[Float]] {
      let frames = corpus.trainingFrames(seed: seed)
      return (0..<frames.count).map { frames.table[$0] }
    }
    #expect(first(1) == first(1) && first(1) != first(2))
  }
}
