import Refrain
import RefrainTools
import Testing

struct SpeedLimitTests {
  @Test(
    "The operations are those of the weights that are multiplied, unpadded",
    arguments: [
      // One layer sees a one-hot input: only the recurrent product and the output count.
      ("train-lstm-V28-H28x1-T50-B50", 6 * (4 * 28 * 28 + 28 * 28)),
      ("train-lstm-V65-H128x2-T50-B50", 6 * (4 * 128 * 128 * 3 + 65 * 128)),
      ("train-gru-V65-H128x2-T50-B1", 6 * (3 * 128 * 128 * 3 + 65 * 128)),
      ("generate-rnn-V5-H7x3", 2 * (7 * 7 * 5 + 5 * 7)),
      // Three layers for every frame, of which the first gives no gradient to its input; the two dense ones
      // once per sequence, here of one step.
      (
        "train-music-T1-B3",
        6 * (4 * 128 * (128 + 2 * 256) + 1025 * 128 + 1025 * 1025) + 4 * (4 * 128 * 1025)
      ),
    ])
  func operations(name: String, expected: Int) throws {
    #expect(try SpeedBenchmark(name: name).operationsPerToken == Double(expected))
  }

  @Test("What counts is what the network multiplies by: its matrices but the first")
  func weights() throws {
    let benchmark = try SpeedBenchmark(name: "generate-lstm-V11-H9x2")
    let network = try Network(
      ModelDescription(input: .tokens(11), output: .softmax(11)) {
        LSTM(9)
        LSTM(9)
      })
    let matrices = network.layout.parameters.tensors.filter {
      $0.shape.count == 2 && $0.name != "layers.0.weight_ih"
    }
    #expect(matrices.count == 4)
    #expect(benchmark.multipliedWeights == Double(matrices.reduce(0) { $0 + $1.count }))
  }

  @Test("What follows the last step alone counts once per sequence")
  func lastStep() throws {
    let network = try Network(.largerModel())
    let matrices = network.layout.parameters.tensors.filter { $0.shape.count == 2 }
    let dense = matrices.filter { !$0.name.contains("weight_") }
    #expect(matrices.count == 8 && dense.count == 2)
    let all = Double(matrices.reduce(0) { $0 + $1.count })
    let once = Double(dense.reduce(0) { $0 + $1.count })
    #expect(try SpeedBenchmark(name: "train-music-T1-B1").multipliedWeights == all)
    #expect(
      try SpeedBenchmark(name: "train-music-T40-B64").multipliedWeights == all - once + once / 40)
  }

  @Test("Training is limited by multiply-adds", arguments: [1, 2])
  func limits(threads: Int) throws {
    let processor = ProcessorLimits(threads: threads)
    #expect(processor.threads == threads)
    let benchmark = try SpeedBenchmark(name: "train-rnn-V5-H7x1-T2-B2")
    let limit = benchmark.limit(of: processor, seconds: 0.001)
    #expect(limit.cause == .multiplyAdd && limit.tokensPerSecond > 0)
    #expect(processor.bytesPerSecond(reading: 100, seconds: 0.001) > 0)
    #expect(processor.bytesPerSecond(reading: 1 << 20, seconds: 0.001) > 0)
  }
}
