import Foundation
import Testing

@testable import Refrain

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

@Suite struct BeamSearchTests {
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

  @Test func aNarrowBeamWithAnEarlyEndIsNeverWorseThanItsResultsSay() {
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
