import Foundation
import Refrain
import RefrainRuns
import RefrainText
import Testing

/// A few lines that a tiny model learns something of at once.
private let poem = String(
  repeating: "the sea came in, the sea went out, and all the boats went with the sea.\n", count: 9)

/// Trains up to the end, or up to the event after which `stops` is true.
private func events(
  of run: TextRun, until stops: (TextRun.Event) -> Bool = { _ in false }
) async throws -> [TextRun.Event] {
  var events: [TextRun.Event] = []
  for try await event in run {
    events.append(event)
    if stops(event) { break }
  }
  return events
}

struct TextRunTests {
  private let scratch = try! Scratch()

  private func request(
    _ inputs: [String], _ change: (inout TextTrainingRequest) -> Void = { _ in }
  ) -> TextTrainingRequest {
    var request = TextTrainingRequest(inputs: inputs)
    request.model.hidden = 8
    request.model.layers = 1
    request.model.dropout = 0.1
    request.configuration.batchSize = 3
    request.configuration.sequenceLength = 10
    request.configuration.evaluateEvery = 5
    request.limits = TrainingLimits(steps: 15)
    request.threads = 1
    change(&request)
    return request
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  private func lines(_ folder: RunFolder) throws -> [String] {
    try String(contentsOfFile: folder.metrics, encoding: .utf8).split(separator: "\n")
      .map(String.init)
  }

  @Test func theFolderHoldsWhatItShould() async throws {
    let run = try TextRun(
      request([scratch.write(poem)]) { $0.keep = 2 }, to: scratch.path + "/run")
    try scratch.write("mine", "run/step-1.safetensors")
    try scratch.write("mine", "run/step-0000000x.safetensors")
    _ = try await events(of: run)
    #expect(
      Set(scratch.names(in: "run")) == [
        "last.safetensors", "best.safetensors", "metrics.csv", "samples",
        "step-00000010.safetensors", "step-00000015.safetensors", "step-1.safetensors",
        "step-0000000x.safetensors",
      ])
    #expect(
      scratch.names(in: "run/samples")
        == ["step-00000005.txt", "step-00000010.txt", "step-00000015.txt"])
    let last = try ModelFile(contentsOf: run.folder.last)
    let best = try ModelFile(contentsOf: run.folder.best)
    #expect(last.training?.progress.step == 15 && last.vocabulary == run.material.corpus.vocabulary)
    #expect(best.training?.progress.step == last.training?.progress.bestStep)
    #expect(
      run.material.tokens.training + run.material.tokens.validation == run.material.corpus.count)
    #expect(run.remarks.isEmpty)
  }

  @Test func theFirstModelIsThereBeforeTheFirstStep() async throws {
    let run = try TextRun(request([scratch.write(poem)]), to: scratch.path + "/run")
    _ = try await events(of: run) { _ in true }
    #expect(try ModelFile(contentsOf: run.folder.last).training?.progress.step == 0)
  }

  /// Stops after every event in turn, saves or is killed, and goes on with two threads.
  @Test(arguments: [true, false]) func resumesAfterAnyEvent(saves: Bool) async throws {
    let text = try scratch.write(poem)
    let straight = try TextRun(request([text]) { $0.sampleEvery = 4 }, to: scratch.path + "/all")
    let count = try await events(of: straight).count
    let expected = try bytes(straight.folder.last)
    let samples = scratch.names(in: "all/samples")
    #expect(samples.map { $0.suffix(6) } == ["04.txt", "08.txt", "12.txt"])
    for stop in 1...count {
      let path = scratch.path + "/run-\(stop)"
      do {
        let run = try TextRun(request([text]) { $0.sampleEvery = 4 }, to: path)
        var seen = 0
        _ = try await events(of: run) { _ in
          seen += 1
          return seen == stop
        }
        if saves { try run.save() }
      }
      let run = try TextRun(resuming: path, threads: 2)
      _ = try await events(of: run)
      #expect(try bytes(run.folder.last) == expected, "stopped after event \(stop)")
      #expect(try bytes(run.folder.best) == bytes(straight.folder.best), "event \(stop)")
      #expect(scratch.names(in: "run-\(stop)/samples").allSatisfy(samples.contains))
      if !saves { #expect(scratch.names(in: "run-\(stop)/samples") == samples) }
      // No line is there twice.
      let found = try lines(run.folder).map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).prefix(4)
          .enumerated().map { $0.offset == 2 ? String($0.element.isEmpty) : String($0.element) }
      }
      #expect(Set(found).count == found.count, "\(found)")
    }
  }

  @Test func moreStepsGoOnFromTheLast() async throws {
    let text = try scratch.write(poem)
    let long = try TextRun(
      request([text]) { $0.limits = TrainingLimits(steps: 20) }, to: scratch.path + "/long")
    _ = try await events(of: long)
    let short = try TextRun(request([text]), to: scratch.path + "/short")
    _ = try await events(of: short)
    let more = try TextRun(
      resuming: short.folder.path, limits: TrainingLimits(steps: 20), threads: 1)
    _ = try await events(of: more)
    #expect(try bytes(more.folder.last) == bytes(long.folder.last))
  }

  @Test func severalDocumentsAndAValidationFile() async throws {
    let run = try TextRun(
      request([scratch.write(poem, "a.txt"), scratch.write("the sea.\n" + poem, "b.txt")]) {
        $0.validation = .file(try! scratch.write("the boats and the sea\n", "v.txt"))
      }, to: scratch.path + "/run")
    #expect(
      run.material.tokens.validation == 22
        && run.material.tokens.training == run.material.corpus.count)
    _ = try await events(of: run)
    let resumed = try TextRun(
      resuming: run.folder.path, limits: TrainingLimits(steps: 17), threads: 1)
    #expect(resumed.material.tokens.validation == 22)
    _ = try await events(of: resumed)
    #expect(resumed.trainer.progress.step == 17)
  }

  @Test func smallTextsAreSaidToReduceTheBatch() async throws {
    let run = try TextRun(
      request([scratch.write("hello world, hello sea\n")]) { $0.validation = .tail(0) },
      to: scratch.path + "/run")
    #expect(run.remarks.count == 2 && run.remarks[0].contains("only 23 tokens"))
    #expect(run.remarks[1].contains("training loss decides"))
    _ = try await events(of: run)
    #expect(FileManager.default.fileExists(atPath: run.folder.best))
    let tiny = try TextRun(
      request([scratch.write("ab", "tiny.txt")]), to: scratch.path + "/tiny")
    #expect(tiny.remarks.contains { $0.contains("the sequence length is 1 instead of 10") })
    #expect(try await events(of: tiny).count > 3)
  }

  @Test func inputsThatCanBeReadOnceAreKept() async throws {
    // A text in UTF-16 becomes a copy in the run's folder.
    let bytes: [UInt8] = [0xFF, 0xFE] + poem.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let source = try scratch.write(bytes, "wide.txt")
    let run = try TextRun(request([source]), to: scratch.path + "/run")
    _ = try await events(of: run)
    #expect(!scratch.names(in: "run/inputs").isEmpty)
    try FileManager.default.removeItem(atPath: source)
    let resumed = try TextRun(
      resuming: run.folder.path, limits: TrainingLimits(steps: 16), threads: 1)
    _ = try await events(of: resumed)
    #expect(resumed.trainer.progress.step == 16)
  }

  @Test func badInputLeavesNoFolder() throws {
    let text = try scratch.write(poem)
    let folder = scratch.path + "/run"
    #expect(throws: InputFileError.self) {
      try TextRun(request([scratch.path + "/nothing.txt"]), to: folder)
    }
    #expect(throws: InputFileError.self) {
      try TextRun(
        request([text]) { $0.validation = .file(scratch.path + "/nothing.txt") }, to: folder)
    }
    #expect(throws: ModelDescriptionError.self) {
      try TextRun(request([text]) { $0.model.dropout = 2 }, to: folder)
    }
    #expect(throws: TrainingConfigurationError.self) {
      try TextRun(request([text]) { $0.configuration.clip = -1 }, to: folder)
    }
    #expect(scratch.names() == ["text.txt"])
    // What was there before stays.
    try scratch.write("mine", "run/notes.txt")
    #expect(throws: RunFolderError.self) { try TextRun(request([text]), to: folder) }
    #expect(scratch.names(in: "run") == ["notes.txt"])
  }

  @Test func aDivergedModelIsNotSaved() async throws {
    let run = try TextRun(
      request([scratch.write(poem)]) {
        $0.configuration.learningRate = 1e300
        $0.configuration.optimizer = .sgd()
      }, to: scratch.path + "/run")
    let last = try await events(of: run).last
    guard case .training(.end(.diverged)) = last else {
      Issue.record("\(String(describing: last))")
      return
    }
    try run.save()
    let file = try ModelFile(contentsOf: run.folder.last)
    #expect(file.training?.progress.step == 0)
  }
}
