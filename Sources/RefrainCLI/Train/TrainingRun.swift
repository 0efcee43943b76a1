import Refrain

/// A training in its run folder, whatever it learns from: what the commands need to know of it and
/// what they say of it.
protocol TrainingRun: AsyncSequence where Failure == any Error {
  /// What the model makes along the way: a text, a sound.
  associatedtype Made: Sendable

  var folder: RunFolder { get }
  var trainer: Trainer { get }
  /// Sentences about what was decided for the user.
  var notes: [String] { get }

  /// Goes on with the run at `path` from its last model.
  init(
    resuming path: String, limits: TrainingLimits?, moved: [String: String], threads: Int,
    sampleEvery: Int?, keep: Int?, change: (inout TrainingConfiguration) -> Void
  ) throws

  /// What an event tells.
  static func told(by event: Element) -> Told<Made>

  // MARK: - For people

  /// What is learned and how its steps are counted.
  var words: MaterialWords { get }
  /// What was read.
  var materialLines: [String] { get }
  /// What one training step reads.
  var batchInWords: String { get }
  /// Whether a part is kept to validate on.
  var hasValidation: Bool { get }
  /// A loss in every measure that has a meaning here.
  func measures(_ loss: Double) -> String
  /// What will be said of the course of the losses.
  var advice: TrainingAdvice { get }
  /// The names and widths of the table's columns between the losses and the speed.
  var columns: [(name: String, width: Int)] { get }
  /// The cells of these columns; `made` is what was made after the same step, if anything was.
  func cells(_ report: EvaluationReport, _ made: Made?) -> [String]
  /// What was made, or what it is like, in a few lines.
  static func lines(of made: Made) -> [String]
  /// What stands at the end below the best loss and its step.
  func closing() throws -> [String]
  /// The command that lets the model make something.
  func commandToGenerate() throws -> String

  // MARK: - For programs

  /// The members of the line about the corpus, without its event.
  var materialJSON: [(String, JSONValue)] { get }
  /// What was made, as an event and what belongs to it.
  static func json(of made: Made) -> (event: String, members: [(String, JSONValue)])
}

/// An event of a run, whatever it learns from.
enum Told<Made: Sendable>: Sendable {
  /// What the trainer tells.
  case training(TrainingEvent)
  /// What the model has made after a step.
  case made(Made, step: Int)
}

/// The nouns of one kind of training.
struct MaterialWords {
  /// The title of what was read: `Text`.
  let title: String
  /// One step's input: `character`.
  let unit: String
  /// Several of them at the head of a column: `chars`.
  let shortUnits: String
  /// The name of the speed in JSON: `tokens_per_second`.
  let speed: String
  /// Fewer steps than this are few, and what most trainings need.
  let fewSteps: (limit: Int, usual: String)

  /// Several of them.
  var units: String { unit + "s" }
}

extension TrainingRun {
  /// Of a stream: sequences side by side, some steps at a time.
  var batchInWords: String {
    let configuration = trainer.configuration
    return "\(configuration.batchSize.of("sequence")) side by side, "
      + "\(configuration.sequenceLength.of("step")) at a time"
  }

  /// Whether the training has hardly begun.
  var hasFewSteps: Bool { trainer.progress.step < words.fewSteps.limit }

  /// The command that gives a training that has ended more.
  func commandForMore(after end: TrainingEnd) -> String {
    let command = "refrain resume \(folder.path.quotedForShell)"
    if case .noImprovement = end { return "\(command) --allow-config-change --patience 0" }
    let limits = trainer.checkpoint().limits
    let factor = hasFewSteps ? 20 : 2
    if let epochs = limits.epochs { return "\(command) --epochs \(factor * epochs)" }
    if let steps = limits.steps { return "\(command) --steps \(factor * steps)" }
    guard let minutes = limits.minutes else { return command }
    return "\(command) --minutes \(Int(exactly: minutes).map { String($0) } ?? String(minutes))"
  }
}
