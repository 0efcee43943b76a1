import Refrain
import RefrainMusic
import Testing

struct LinearPredictionTests {
  /// The newest first, for each value.
  private let factors: [[Float]] = [[1.6, 0.5, -0.4], [-0.8, 0.3, 0.2]]
  private let noise: [Float] = [0.5, 1, 0.1]

  /// Two recordings of a process whose factors are known; the second begins far from the first's end.
  private func process(_ count: Int) -> FrameTable {
    let table = FrameTable(size: 3)
    var random = RandomStream(seed: 3, purpose: .noise)
    for start: Float in [0, 50] {
      table.beginRecording()
      var past = [[Float]](repeating: [start, 0, start], count: 2)
      for _ in 0..<count {
        table.append(past[0])
        let next = (0..<3).map { bin in
          // Of variance 1.
          let drawn = (random.uniform() - 0.5) * Float(12).squareRoot()
          return factors[0][bin] * past[0][bin] + factors[1][bin] * past[1][bin]
            + drawn * noise[bin]
        }
        past = [next, past[0]]
      }
    }
    return table
  }

  @Test func itFindsTheFactorsOfAProcess() {
    let table = process(4000)
    let found = LinearPrediction(table, frames: 0..<table.count, history: 2)
    for lag in 0..<2 {
      #expect(found.factors[lag].largestDifference(to: factors[lag]) < 0.04, "\(found.factors)")
    }
    for (deviation, noise) in zip(found.deviations, noise) {
      #expect(abs(deviation / noise - 1) < 0.05, "\(found.deviations)")
    }
  }

  @Test func valuesThatNeverChangeArePredictedToStay() {
    let table = FrameTable(size: 2)
    for _ in 0..<100 { table.append([3, 0]) }
    let found = LinearPrediction(table, frames: 0..<100, history: 3)
    let all = found.factors.flatMap { $0 } + found.deviations
    #expect(all.allSatisfy { $0.isFinite })
    #expect(abs(found.factors.reduce(0) { $0 + $1[0] } - 1) < 0.01)
  }

  @Test func aNetworkThatBeginsWithItIsBetterThanCopying() throws {
    let table = process(500)
    var model = MusicModel()
    model.hidden = 8
    model.history = 2
    let network = try Network(model.description(bins: 3))
    LinearPrediction(table, frames: 0..<table.count, history: 2).begin(network)
    let generator = FrameGenerator(network)
    var (error, copyError): (Float, Float) = (0, 0)
    for index in 0..<499 {
      generator.read(table[index])
      if index < 10 { continue }
      for (bin, expected) in generator.expected.enumerated() {
        let (next, last) = (table[index + 1][bin], table[index][bin])
        error += (expected - next) * (expected - next)
        copyError += (last - next) * (last - next)
      }
    }
    #expect(error < 0.8 * copyError, "\(error) \(copyError)")
  }
}
