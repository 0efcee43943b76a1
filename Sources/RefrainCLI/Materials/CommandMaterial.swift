import Refrain
import RefrainRuns

/// A material as the command knows it: how it is recognised, asked for, told of and used.
protocol CommandMaterial: Material {
  // MARK: - What it is called

  /// What models of it are models of: `text`, `tables`.
  static var plural: String { get }
  /// What is said of a file of it: `is text`.
  static var predicate: String { get }
  /// What to name for it: `sound files`.
  static var files: String { get }

  // MARK: - Training

  /// Whether a training reads the file at `path`, by how it begins. Not asked of text, which is what nothing
  /// else is, and of what has to be asked for.
  static func reads(_ path: String, isNamed: Bool) -> Bool
  /// Whether the options ask for it, whatever the inputs are.
  static func isAskedFor(by options: TrainOptions) -> Bool
  /// The options of `train` that only it has.
  static var ownOptions: [TrainOption] { get }
  /// Whether its networks may be made of units that are not recurrent.
  static var takesNonrecurrentUnits: Bool { get }
  /// Fills in what a preset decides; `preset` is what the user called it.
  ///
  /// - Throws: ``UsageError`` for a preset that it does not have.
  static func fill(_ recipe: inout TrainOptions, preset: PresetName) throws
  /// The training that is asked for; what was left open is filled in.
  ///
  /// - Throws: ``UsageError`` for options that mean nothing together.
  static func request(
    _ options: inout TrainOptions, inputs: [String]
  ) throws -> TrainingRequest<Self>

  /// How its steps are counted.
  var words: MaterialWords { get }
  /// What was read.
  func lines(of run: Run<Self>) -> [String]
  /// The same for programs.
  func json(of run: Run<Self>) -> [(String, JSONValue)]
  /// A loss of a network in every measure that has a meaning here.
  func measures(_ loss: Double, of description: ModelDescription) -> String
  /// The names and widths of the table's columns between the losses and the speed.
  var columns: [(name: String, width: Int)] { get }
  /// The cells of these columns; `sample` is what was made after the same step, if anything was.
  func cells(_ report: EvaluationReport, _ sample: Sample?) -> [String]
  /// A sample, or what it is like, in a few lines.
  static func lines(of sample: Sample) -> [String]
  /// The same for programs, with the name of the event.
  static func json(of sample: Sample) -> (event: String, members: [(String, JSONValue)])
  /// What stands at the end below the best loss and its step.
  static func closing(_ run: Run<Self>) throws -> [String]
  /// The command that lets the model make something.
  static func commandToGenerate(_ run: Run<Self>) throws -> String

  // MARK: - Using a model

  /// The options of `generate` that mean something to it.
  static var generateOptions: Set<String> { get }
  /// Makes what `command` asks for.
  static func generate(_ command: GenerateCommand, _ model: TrainedModel) throws
  /// The options of `evaluate` that mean something to it.
  static var evaluateOptions: Set<String> { get }
  /// Measures a model.
  static func evaluate(
    _ command: EvaluateCommand, _ model: TrainedModel
  ) throws -> Measurement
  /// What `info` tells of a model.
  static func facts(_ model: TrainedModel) throws -> MaterialFacts

  /// Compares units on it.
  ///
  /// - Parameter training: the training that all units have in common.
  static func compare(
    _ command: CompareCommand, _ training: TrainOptions, _ interruption: Interruption
  ) async throws
}

extension CommandMaterial {
  static func reads(_ path: String, isNamed: Bool) -> Bool { false }
  static func isAskedFor(by options: TrainOptions) -> Bool { false }
  static var takesNonrecurrentUnits: Bool { false }
  static func closing(_ run: Run<Self>) throws -> [String] { [] }

  static func compare(
    _ command: CompareCommand, _ training: TrainOptions, _ interruption: Interruption
  ) async throws {
    throw UsageError(
      "\(command.inputs[0]) \(predicate), but units can be compared on text and tables only; name one of these."
    )
  }
}

/// The nouns of one kind of training.
struct MaterialWords {
  /// The title of what was read: `Text`.
  let title: String
  /// One step's input: `character`.
  let element: String
  /// Several of them at the head of a column: `chars`.
  let shortElements: String
  /// The name of the speed in JSON: `tokens_per_second`.
  let speed: String
  /// Fewer steps than this are few, and what most trainings need.
  let fewSteps: (limit: Int, usual: String)

  /// Several of them.
  var elements: String { element + "s" }
}

/// How well a model did, as `evaluate` tells it.
struct Measurement {
  /// For people.
  let text: String
  /// For programs.
  let json: JSONValue
  /// What was odd or skipped in files that were named.
  var remarks: [String] = []
}

/// What `info` tells of what a model has learned.
struct MaterialFacts {
  /// For people.
  let paragraphs: [String]
  /// For programs; nil where the file tells nothing.
  let json: JSONValue?
  /// What one training step reads: `50 sequences of 50 steps`.
  var batch: (TrainingConfiguration) -> String = {
    "\($0.batchSize.of("sequence")) of \($0.sequenceLength.of("step"))"
  }
  /// A loss in its measures.
  let measures: (Double) -> String
}
