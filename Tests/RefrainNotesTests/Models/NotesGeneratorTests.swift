import Foundation
import Refrain
import RefrainRuns
import RefrainNotes
import TestSupport
import Testing

struct NotesGeneratorTests {
  private let scratch = try! Scratch()

  private func trained(steps: Int = 20) async throws -> TrainedModel {
    let folder = try TinyNotes.write(to: scratch)
    var request = TinyNotes.request([folder], steps: steps)
    request.learnsByHeart()
    let run = try NotesRun(request, to: scratch.path + "/run")
    for try await _ in run {}
    return try TrainedModel(run.folder.last)
  }

  @Test func theSeedDecidesThePiece() async throws {
    let model = try await trained()
    func piece(_ seed: UInt64, threads: Int = 1) throws -> PianoRoll {
      let generator = try NotesGenerator(model, seed: seed, threads: threads)
      generator.start()
      return generator.next(30)
    }
    let one = try piece(1)
    #expect(try one.frames.count == 30 && one == piece(1, threads: 2) && one != piece(2))
    // It begins like one of the pieces that the model learned from.
    #expect((0..<4).contains { TinyNotes.piece($0).frames[0] == one.frames[0] })
  }

  @Test func aPieceGoesOn() async throws {
    let model = try await trained(steps: 300)
    let generator = try NotesGenerator(model, temperature: 0)
    let whole = TinyNotes.piece(1, timeSteps: 16)
    generator.start(after: PianoRoll(Array(whole.frames[..<12])))
    // What it has learned by heart comes in two parts as it comes in one.
    let rest = generator.next(2).frames + generator.next(2).frames
    #expect(rest == Array(whole.frames[12...]))
    generator.start(after: PianoRoll(Array(whole.frames[..<12])))
    #expect(generator.next(4).frames == rest)
  }

  /// A low temperature makes likely keys likelier, and no fewer.
  @Test(arguments: [0.1, 0.5, 0.9, 1, 2] as [Float])
  func theNumberOfKeysStays(_ temperature: Float) {
    let predicted: [Float] = [0.45, 0.4, 0.3, 0.2, 0.1, 0.05, 0, 1]
    let sharp = sharpened(predicted, temperature: temperature)
    #expect(abs(sharp.reduce(0, +) - 2.5) < 1e-4)
    for (more, less) in zip(sharp, sharp.dropFirst()).prefix(6) { #expect(more >= less) }
    let distance = sharp[0] - sharp[4]
    #expect(temperature == 1 ? sharp == predicted : (distance > 0.35) == (temperature < 1))
    #expect(sharpened([0.45, 0.1, 0.4, 0.05], temperature: 0) == [1, 0, 0, 0])
  }

  @Test func onlyModelsOfNotesMakeNotes() throws {
    let text = try Network(
      ModelDescription(input: .tokens(3), output: .softmax(3)) { LSTM(2) }, seed: 1)
    #expect(throws: OtherMaterialError(path: "t", material: "notes", learned: nil)) {
      try NotesGenerator(TrainedModel(ModelFile(network: text), path: "t"))
    }
  }

  /// Numbers in a model's file that cannot be.
  @Test(arguments: [
    "sources", "momentsPerQuarter", "transpose", "beginnings", "statistics", "validationFraction",
    "usual",
  ])
  func whatCannotBeIsRefused(_ key: String) async throws {
    let model = try await trained()
    let text = try #require(model.file.information["notes"])
    var values = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(values[key] != nil)
    switch key {
    case "sources", "beginnings": values[key] = [Any]()
    case "statistics":
      var statistics = try #require(values[key] as? [String: Any])
      statistics["down"] = [1, 2]
      values[key] = statistics
    case "usual":
      var usual = try #require(values[key] as? [String: Any])
      usual["lowest"] = 3
      values[key] = usual
    default: values[key] = 99
    }
    let json = String(
      decoding: try JSONSerialization.data(withJSONObject: values), as: UTF8.self)
    let changed = TrainedModel(
      ModelFile(network: model.network, information: ["notes": json]), path: "m")
    #expect(throws: ModelFileError.self) { try changed.record(of: NotesMaterial.self) }
  }
}
