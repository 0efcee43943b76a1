internal import Foundation
public import Refrain
public import RefrainRuns

/// The lecture's text half as a program: the simple model with each kind of unit, then a text model on
/// a song. Everything is left in one folder.
public struct LectureDemo: Sendable {
  /// The folder, which ``init(folder:)`` makes.
  public let folder: String
  /// The song: a folder of verses. Each verse is a document, so the network begins with a state of zero
  /// as often as it can; with that state it will begin to sing.
  public var song: String { folder + "/song" }
  /// The run that learns the song.
  public var run: String { folder + "/song-run" }

  /// A demo in a new folder.
  ///
  /// - Throws: ``/RefrainRuns/RunFolderError`` if there is something already, or it cannot be made.
  public init(folder: String) throws {
    self.folder = try RunFolder.create(at: folder).path
  }

  /// Where the simple model of a unit is kept.
  public func simpleModel(_ cell: CellKind) -> String { "\(folder)/simple-\(cell).safetensors" }

  /// Teaches a simple model the sentence and keeps it.
  ///
  /// - Parameters:
  ///   - cell: the unit of the model.
  ///   - report: called after every reading.
  public func learnSentence(
    _ cell: CellKind, report: (SimpleModel.Progress) async throws -> Void = { _ in }
  ) async throws -> SimpleModel.Progress {
    let model = try SimpleModel(cell)
    let end = try await model.learn(report: report)
    try ModelFile(network: model.network, vocabulary: SimpleModel.vocabulary)
      .write(to: simpleModel(cell))
    return end
  }

  /// Writes the song and begins a run that learns it.
  ///
  /// - Parameters:
  ///   - seconds: of training.
  ///   - threads: how many to use; 0 means all cores. The result never depends on it.
  public func songRun(seconds: Double, threads: Int = 0) throws -> TextRun {
    _ = try RunFolder.create(at: song)
    for verse in 1...Self.verses {
      let text = NurserySong.text(verses: 1, seed: UInt64(verse))
      let file = URL(fileURLWithPath: String(format: "%@/verse-%03d.txt", song, verse))
      try Data(text.utf8).write(to: file)
    }
    var request = TextTrainingRequest(inputs: [song])
    request.model.hidden = 192
    request.model.layers = 1
    request.configuration.batchSize = 20
    request.configuration.sequenceLength = 50
    request.configuration.learningRate = 0.004
    request.configuration.schedule = Schedule(.cosine())
    request.configuration.evaluateEvery = 200
    request.limits = TrainingLimits(minutes: seconds / 60)
    // The demo takes samples of its own.
    request.sampleEvery = .max
    request.threads = threads
    return try TextRun(request, to: run)
  }

  /// What the network sings when it is given ``opening``: one verse.
  public func verse(
    _ network: Network, _ vocabulary: Vocabulary, temperature: Float, seed: UInt64 = 1
  ) throws -> String {
    let writer = try TextGenerator(
      Generator(network, threads: 1), vocabulary: vocabulary,
      sampler: Sampler(temperature: temperature))
    var random = RandomStream(seed: seed, purpose: .sampling)
    let text = try writer.text(
      prompt: Self.opening, length: 320, stop: "\n\n", using: &random)
    return Self.opening + text
  }

  /// What a verse begins with.
  public static let opening = "A little "

  /// Verses of the song.
  public static let verses = 400
}
