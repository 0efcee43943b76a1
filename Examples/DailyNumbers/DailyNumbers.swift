import Foundation
import Refrain
import RefrainRuns

/// A material of your own: a number for each day, such as a temperature. A file has a line for each day,
/// `2026-11-28,4.5`; its last number counts. The first four fifths are learned, the rest validates.
struct DailyNumbers: Material {
  static let name = "daily"
  static let element = "day"

  struct Options { var hidden = 24 }

  /// What a model file tells of the numbers.
  struct Record: MaterialRecord {
    var file: InputFile
    var mean, deviation: Double
    var sampleEvery: Int
    var keep: Int?

    func isPossible(with description: ModelDescription) -> Bool {
      description.input == .frames(1) && deviation > 0
    }

    /// A number as the network reads it: standard deviations above the mean.
    func frame(_ number: Double) -> [Float] { [Float((number - mean) / deviation)] }
    func number(_ frame: [Float]) -> Double { Double(frame[0]) * deviation + mean }
  }

  let numbers: [Double]
  let record: Record
  var learned: Int { numbers.count - numbers.count / 5 }
  var training: TrainingData { frames(numbers.prefix(learned)) }
  var validation: TrainingData? { frames(numbers.dropFirst(learned)) }

  init(
    _ request: TrainingRequest<Self>, startingFrom start: TrainedModel?, in folder: RunFolder
  ) throws {
    let file = try InputFile(request.inputs[0])
    numbers = try Self.read(request.inputs[0])
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    record = Record(
      file: file, mean: mean,
      deviation: max(variance.squareRoot(), 1e-6), sampleEvery: request.sampleEvery, keep: nil)
  }

  init(
    reopening record: Record, of model: ModelFile, in folder: RunFolder, moved: MovedPaths
  ) throws {
    numbers = try Self.read(record.file.find(moved))
    self.record = record
  }

  private static func read(_ path: String) throws -> [Double] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let numbers = try lines.enumerated().map { index, line in
      guard let number = Double(line.split(separator: ",").last ?? ""), number.isFinite else {
        throw BadNumbers(description: "Line \(index + 1) of \(path) does not end in a number.")
      }
      return number
    }
    if numbers.count < 20 { throw BadNumbers(description: "\(path) has fewer than 20 days.") }
    return numbers
  }

  private func frames(_ numbers: ArraySlice<Double>) -> TrainingData {
    let table = FrameTable(size: 1)
    for number in numbers { table.append(record.frame(number)) }
    return .stream(FrameCorpus(table))
  }

  /// A density of tomorrow's number; its mean also sees the last seven days directly.
  func description(
    _ request: TrainingRequest<Self>, startingFrom start: TrainedModel?
  ) -> ModelDescription {
    ModelDescription(input: .frames(1), output: .mixture(components: 1, size: 1, history: 7)) {
      LSTM(request.hidden)
    }
  }

  func record(_ request: TrainingRequest<Self>) -> Record { record }

  /// A sample is the four weeks after those that were learned.
  func samples(
    of trainer: Trainer, _ record: Record, threads: Int
  ) -> (_ step: Int, _ path: String) throws -> [Double] {
    { [network = trainer.network] step, path in
      let days = days(28, after: numbers.prefix(learned), network, seed: UInt64(step))
      try DurableFile.write(Array(days.map { "\($0)\n" }.joined().utf8), to: path + ".txt")
      return days
    }
  }

  /// Draws the days that follow `past`.
  func days(
    _ count: Int, after past: ArraySlice<Double>, _ network: Network, seed: UInt64
  ) -> [Double] {
    let generator = FrameGenerator(network)
    for number in past { generator.read(record.frame(number)) }
    var random = RandomStream(seed: seed, purpose: .sampling)
    return (0..<count).map { _ in
      let frame = generator.draw(temperature: 1, using: &random)
      generator.read(frame)
      return record.number(frame)
    }
  }

  /// The mean errors, on the validation part, of the number expected for a day, and of the day before's.
  func errors(of network: Network) -> (expected: Double, before: Double) {
    let generator = FrameGenerator(network)
    var (expected, before) = (0.0, 0.0)
    for day in 1..<numbers.count {
      generator.read(record.frame(numbers[day - 1]))
      if day < learned { continue }
      expected += abs(record.number(generator.expected) - numbers[day])
      before += abs(numbers[day - 1] - numbers[day])
    }
    let count = Double(numbers.count - learned)
    return (expected / count, before / count)
  }
}

struct BadNumbers: Error, CustomStringConvertible { let description: String }
