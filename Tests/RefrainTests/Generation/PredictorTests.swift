import Refrain
import TestSupport
import Testing

/// Answers to rows, side by side and alone.
struct PredictorTests {
  typealias Rows = TrainingTests.RowTrainingTests

  /// Neither the other rows nor the number of threads change an answer.
  @Test(arguments: [Rows.Task.oneToOne, .manyToOne, .manyToMany])
  func everyRowStandsForItself(_ task: Rows.Task) throws {
    let network = try Rows.network(task)
    let inputs = Rows.rows(task, 150, seed: 1).inputs
    let together = Predictor(network, threads: 2).outputs(of: inputs)
    let alone = Predictor(network, threads: 1)
    for row in 0..<inputs.count {
      var single = RowSequences()
      single.append(inputs[row])
      let answer = alone.outputs(of: single)[0]
      #expect(answer.count == (task == .manyToMany ? inputs[row].count : 1))
      for (a, b) in zip(answer.joined(), together[row].joined()) { #expect(abs(a - b) < 1e-6) }
      #expect(answer.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-5 })
    }
  }

  /// A beam as wide as there are sequences finds the most probable of all.
  @Test(arguments: [Rows.Task.oneToMany, .manyToManyDelayed])
  func aWideBeamFindsTheBest(_ task: Rows.Task) throws {
    let network = try Rows.network(task)
    let inputs = Rows.rows(task, 3, seed: 2).inputs
    let longest = 3
    let found = Predictor(network, threads: 1).sequences(
      answering: inputs, longest: longest, beam: 300)
    let workspace = Workspace(
      network, steps: longest, sourceSteps: 5, sequences: 1, mode: .inference, threads: 1)
    for row in 0..<inputs.count {
      var best: (tokens: [Int32], logProbability: Double) = ([], -.infinity)
      for tokens in Self.sequences(below: 5, longest: longest - 1) {
        let read = [5] + tokens
        let loss = workspace.loss(
          Batch(
            steps: read.count, sequences: 1, tokens: read, targets: tokens + [5],
            source: SourceBatch(
              steps: inputs[row].count, sequences: 1, tokens: Array(inputs[row]))))
        let logProbability = -loss * Double(read.count)
        if logProbability > best.logProbability { best = (tokens, logProbability) }
      }
      let ended = try #require(found[row].first { $0.hasEnded })
      #expect(ended.tokens == best.tokens)
      #expect(abs(ended.logProbability - best.logProbability) < 1e-4)
      let all = found[row].filter(\.hasEnded).map(\.logProbability)
      #expect(all == all.sorted(by: >))
    }
  }

  /// All sequences of tokens below `count`, of no to `longest` tokens.
  private static func sequences(below count: Int32, longest: Int) -> [[Int32]] {
    var all: [[Int32]] = [[]]
    var last: [[Int32]] = [[]]
    for _ in 0..<longest {
      last = last.flatMap { tokens in (0..<count).map { tokens + [$0] } }
      all += last
    }
    return all
  }

  /// A beam of one takes the likeliest token every time.
  @Test(arguments: [Rows.Task.oneToMany, .manyToManyDelayed])
  func aNarrowBeamIsGreedy(_ task: Rows.Task) throws {
    let network = try Rows.network(task)
    let inputs = Rows.rows(task, 20, seed: 3).inputs
    let found = Predictor(network, threads: 2).sequences(answering: inputs, longest: 6)
    for row in 0..<inputs.count {
      let workspace = Workspace(
        network, steps: 1, sourceSteps: 5, sequences: 1, mode: .inference, threads: 1)
      var source: SourceBatch? = SourceBatch(
        steps: inputs[row].count, sequences: 1, tokens: Array(inputs[row]))
      var (token, best): (Int32, [Int32]) = (5, [])
      while best.count < 6 {
        workspace.forward(
          Batch(steps: 1, sequences: 1, tokens: [token], targets: [-1], source: source))
        source = nil
        let logits = workspace.logits(step: 0)
        token = Int32(logits.indices.max { logits[$0] < logits[$1] } ?? 0)
        if token == 5 { break }
        best.append(token)
      }
      #expect(found[row].map(\.tokens) == [best])
      #expect(found[row][0].hasEnded == (best.count < 6 || token == 5))
    }
  }
}
