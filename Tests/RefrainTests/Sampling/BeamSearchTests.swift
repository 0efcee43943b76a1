import Foundation
import Refrain
import Testing

/// A model whose logits are a fixed function of everything it has read.
private struct ToyModel {
  let vocabulary: Int
  let seed: UInt64
  var read: UInt64 = 0

  var logits: [Float] {
    var stream = RandomStream(seed: seed, purpose: .initialisation, counter: read << 8)
    return (0..<vocabulary).map { _ in 6 * stream.uniform() - 3 }
  }

  mutating func step(_ token: Int32) -> [Float] {
    read = read &* 31 &+ UInt64(token) &+ 1
    return logits
  }

  /// The log-probability of the token that follows.
  func logProbability(of token: Int32) -> Double {
    let logits = logits.map(Double.init)
    return logits[Int(token)] - log(logits.reduce(0) { $0 + exp($1) })
  }

  /// Every sequence that ends with token 0 or at `length`, with its log-probability.
  func allPaths(length: Int) -> [(tokens: [Int32], logProbability: Double)] {
    (0..<Int32(vocabulary)).flatMap { token in
      let own = logProbability(of: token)
      if token == 0 || length == 1 { return [([token], own)] }
      var next = self
      _ = next.step(token)
      return next.allPaths(length: length - 1).map { ([token] + $0.tokens, own + $0.1) }
    }
  }
}

/// A beam search that goes on to the end and keeps every result, sequences ending with token 0.
private func naiveBeam(
  _ model: ToyModel, width: Int, length: Int, lengthPenalty: Double
) -> [[Int32]] {
  var beam = [(tokens: [Int32](), logProbability: 0.0, model: model)]
  var results: [(tokens: [Int32], score: Double)] = []
  for n in 1...length {
    let extended = beam.flatMap { path in
      (0..<Int32(model.vocabulary)).map { token in
        var next = path.model
        _ = next.step(token)
        let own = path.model.logProbability(of: token)
        return (tokens: path.tokens + [token], logProbability: path.logProbability + own, next)
      }
    }
    let best = extended.sorted { $0.logProbability > $1.logProbability }.prefix(width)
    let (going, complete) = (
      best.filter { $0.tokens.last != 0 }, best.filter { $0.tokens.last == 0 }
    )
    for path in n == length ? Array(best) : complete {
      results.append((path.tokens, path.logProbability / pow(Double(n), lengthPenalty)))
    }
    beam = going
  }
  return results.sorted { $0.score > $1.score }.prefix(width).map(\.tokens)
}

@Suite struct BeamSearchTests {
  @Test(arguments: [1, 2, 4], [0, 0.5, 1, 2] as [Float])
  func endingEarlyLosesNoResult(width: Int, lengthPenalty: Float) {
    for seed in 0..<60 as Range<UInt64> {
      let model = ToyModel(vocabulary: 5, seed: seed)
      let found = BeamSearch(width: width, length: 9, lengthPenalty: lengthPenalty) {
        $0.last == 0
      }.search(from: model, logits: model.logits) { $0.step($1) }
      let naive = naiveBeam(
        model, width: width, length: 9, lengthPenalty: Double(lengthPenalty))
      #expect(found.map(\.tokens) == naive)
    }
  }

  @Test func widthOneIsGreedy() {
    for seed in 0..<500 as Range<UInt64> {
      var model = ToyModel(vocabulary: 7, seed: seed)
      let found = BeamSearch(width: 1, length: 12)
        .search(from: model, logits: model.logits) { $0.step($1) }
      var logits = model.logits
      var greedy: [Int32] = []
      for _ in 0..<12 {
        greedy.append(Int32(logits.firstIndex(of: logits.max()!)!))
        logits = model.step(greedy[greedy.count - 1])
      }
      #expect(found.map(\.tokens) == [greedy])
    }
  }

  @Test(arguments: [0, 0.7, 1] as [Float])
  func aWideBeamFindsTheBestPaths(lengthPenalty: Float) {
    for seed in 0..<40 as Range<UInt64> {
      let model = ToyModel(vocabulary: 4, seed: seed)
      let found = BeamSearch(width: 256, length: 4, lengthPenalty: lengthPenalty) { $0.last == 0 }
        .search(from: model, logits: model.logits) { $0.step($1) }
      let score = { (path: (tokens: [Int32], logProbability: Double)) in
        path.logProbability / pow(Double(path.tokens.count), Double(lengthPenalty))
      }
      let all = model.allPaths(length: 4).sorted { score($0) > score($1) }
      #expect(found.count == all.count)
      for (result, path) in zip(found, all) {
        #expect(result.tokens == path.tokens)
        #expect(abs(result.logProbability - path.logProbability) < 1e-5)
        #expect(abs(result.score - score(path)) < 1e-5)
      }
    }
  }

  @Test func resultsAreInOrderAndAsProbableAsTheySay() {
    for seed in 0..<200 as Range<UInt64> {
      let model = ToyModel(vocabulary: 5, seed: seed)
      let found = BeamSearch(width: 3, length: 8, lengthPenalty: 0.5) { $0.last == 0 }
        .search(from: model, logits: model.logits) { $0.step($1) }
      #expect(!found.isEmpty && found.count <= 3)
      #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
      for result in found {
        var reader = model
        var sum = 0.0
        for token in result.tokens {
          sum += reader.logProbability(of: token)
          _ = reader.step(token)
        }
        #expect(abs(sum - result.logProbability) < 1e-5)
      }
    }
  }

  @Test func logitsThatAreNoNumbersAreNotFollowed() {
    let found = BeamSearch(width: 5, length: 2)
      .search(from: 0, logits: [.nan, 1, -.infinity, 1]) { _, token in
        token == 1 ? [.nan, .nan] : [.infinity, 3]
      }
    #expect(found.map(\.tokens) == [[3, 0], [3, 1]])
    #expect(abs(found[0].logProbability - log(0.5)) < 1e-6)
    #expect(BeamSearch(width: 2, length: 2).search(from: 0, logits: [.nan]) { _, _ in [] }.isEmpty)
  }

  @Test func errorsOfTheModelAreThrownOn() {
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try BeamSearch(width: 2, length: 2).search(from: 0, logits: [1, 2]) { _, _ in throw Broken() }
    }
  }
}
