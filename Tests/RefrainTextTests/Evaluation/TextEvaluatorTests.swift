import Foundation
import Refrain
import RefrainRuns
import RefrainText
import TestSupport
import Testing

struct TextEvaluatorTests {
  private let scratch = try! Scratch()
  private let text = String(
    repeating: "the sea came in, the sea went out: “all the boats” went with it.\n", count: 12)

  private func run(
    _ tokenKind: Vocabulary.TokenKind, validation: TextMaterial.Options.Validation = .tail(0.2)
  ) async throws -> RunFolder {
    var request = TextTrainingRequest(inputs: [try scratch.write(text, "train.txt")])
    request.tokenKind = tokenKind
    (request.model.hidden, request.model.layers, request.threads) = (8, 1, 1)
    request.limits = TrainingLimits(steps: 4)
    request.validation = validation
    let run = try TextRun(request, to: scratch.path + "/run-" + tokenKind.rawValue)
    for try await _ in run {}
    return run.folder
  }

  private func evaluator(_ folder: RunFolder) throws -> TextEvaluator {
    try TextEvaluator(TrainedModel(folder.last), threads: 1)
  }

  @Test(arguments: [Vocabulary.TokenKind.character, .byte])
  func bitsAreNatsOverTheLogarithmOfTwo(_ tokenKind: Vocabulary.TokenKind) async throws {
    let folder = try await run(tokenKind)
    let (found, report) = try evaluator(folder).evaluate(
      [scratch.write("the boats\n", "a.txt"), scratch.write("the sea\n", "b.txt")],
      folder: folder.path)
    #expect(report.documents == 2 && found.tokens == 9 + 7)
    #expect(abs(found.bitsPerCharacter - found.natsPerToken / log(2)) < 1e-12)
    #expect(abs(found.perplexity - exp(found.natsPerToken)) < 1e-12)
    let ngram = try #require(found.baselines?.ngram)
    #expect(abs(ngram.bitsPerCharacter - ngram.natsPerToken / log(2)) < 1e-12)
    #expect(found.remark == nil)
  }

  /// All bits of the words that are predicted, spread over their characters.
  @Test func wordsAreMeasuredPerCharacter() async throws {
    let folder = try await run(.word)
    let (found, _) = try evaluator(folder).evaluate(
      [scratch.write("the sea went out", "a.txt")], folder: folder.path)
    // “ sea went out” is predicted: three words, and “the” is not.
    #expect(found.tokens == 3)
    #expect(abs(found.bitsPerCharacter - found.natsPerToken * 3 / log(2) / 13) < 1e-12)
  }

  @Test func theLossIsThatOfTheTraining() async throws {
    let folder = try await run(.character)
    let model = try ModelFile(contentsOf: folder.last)
    let found = try evaluator(folder).evaluateValidation(folder: folder.path)
    #expect(found.natsPerToken == model.training?.progress.validationLoss)
    #expect(found.baselines != nil)
  }

  @Test func withoutTheTrainingTextThereAreNoBaselines() async throws {
    let folder = try await run(.character)
    try FileManager.default.removeItem(atPath: scratch.path + "/train.txt")
    let other = try scratch.write("the sea\n", "a.txt")
    let (found, _) = try evaluator(folder).evaluate([other], folder: folder.path)
    #expect(found.baselines == nil && found.remark?.contains("no longer there") == true)
    #expect(throws: InputFileError.self) {
      try evaluator(folder).evaluateValidation(folder: folder.path)
    }
  }

  @Test func whatCannotBeEvaluatedIsSaid() async throws {
    let folder = try await run(.character, validation: .tail(0))
    #expect(throws: TextEvaluationError.noValidation(path: folder.last)) {
      try evaluator(folder).evaluateValidation(folder: folder.path)
    }
    #expect(throws: TextInputError.self) {
      try evaluator(folder).evaluate([scratch.write("日本日本\n日", "j.txt")], folder: folder.path)
    }
    let bare = ModelFile(network: try ModelFile(contentsOf: folder.last).network)
    #expect(throws: ModelFileError.self) { try TextEvaluator(TrainedModel(bare, path: "bare")) }
  }

  /// What counting alone makes of tiny-shakespeare's last tenth.
  @Test func tinyShakespearesBaselines() async throws {
    guard let tinyShakespeare else {
      print("Skipped: ../shared/data/tinyshakespeare.txt is not there.")
      return
    }
    var request = TextTrainingRequest(inputs: [tinyShakespeare])
    (request.model.hidden, request.model.layers, request.threads) = (4, 1, 1)
    request.limits = TrainingLimits(steps: 0)
    let run = try TextRun(request, to: scratch.path + "/tiny")
    for try await _ in run {}
    let found = try evaluator(run.folder).evaluateValidation(folder: run.folder.path)
    let ngram = try #require(found.baselines?.ngram)
    #expect(abs(ngram.natsPerToken - 1.561) < 0.0006, "\(ngram.natsPerToken)")
    #expect(abs(found.natsPerToken - log(65)) < 0.3)
  }
}
