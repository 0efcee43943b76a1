package import Refrain

/// A benchmark's network with everything that its steps need, to be measured again and again.
package final class SpeedMeasurement {
  /// How many threads are used.
  package let threads: Int
  /// Runs one step (of generation: sixteen) and returns how many tokens, or frames, it read.
  package let step: () -> Int

  /// - Parameter threads: how many to use; 0 means all cores, for generation as many as help.
  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  package init(_ benchmark: SpeedBenchmark, threads: Int = 0, kernels: KernelChoice = .best) throws
  {
    let network = try Network(benchmark.description)
    let pool: ThreadPool
    switch benchmark.work {
    case .training(let steps, let sequences):
      pool = ThreadPool(count: threads)
      step = benchmark.trainingStep(network, steps, sequences, pool, kernels)
    case .generation(let weights):
      pool = Generator.pool(for: network, threads: threads)
      step = try benchmark.generationStep(network, weights, pool, kernels)
    }
    self.threads = pool.count
  }

  /// Tokens, or frames, per second of as many steps as fit into `seconds`, at least one.
  package func tokensPerSecond(seconds: Double) -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    var tokens = 0
    var elapsed = 0.0
    repeat {
      tokens += step()
      elapsed = (clock.now - begin) / .seconds(1)
    } while elapsed < seconds
    return Double(tokens) / elapsed
  }
}

extension SpeedBenchmark {
  fileprivate func trainingStep(
    _ network: Network, _ steps: Int, _ sequences: Int, _ pool: ThreadPool,
    _ kernels: KernelChoice
  ) -> () -> Int {
    let workspace = Workspace(
      network, steps: steps, sequences: sequences, mode: .training, pool: pool, kernels: kernels)
    let optimizer = OptimizerState(.adam(), for: network)
    var random = RandomStream(seed: 1, purpose: .shuffling)
    let batches: [Batch]
    let (rate, clip): (Double, Double)
    switch model {
    case .text(let text):
      batches = (0..<8).map { _ in text.randomBatch(steps, sequences, &random) }
      (rate, clip) = (0.002, 5)
    case .music:
      workspace.frames = .random(size: description.inputSize, (sequences + 1) * steps, &random)
      batches = (0..<8).map { _ in .randomWindows(steps, sequences, &random) }
      (rate, clip) = (0.001, .infinity)
    }
    var count = 0
    return {
      _ = workspace.gradient(batches[count % batches.count], step: count, seed: 1)
      _ = optimizer.step(
        rate: rate, clip: clip, threads: workspace.threads, kernels: kernels.kernels)
      count += 1
      return steps * sequences
    }
  }

  fileprivate func generationStep(
    _ network: Network, _ weights: WeightFormat, _ pool: ThreadPool, _ kernels: KernelChoice
  ) throws -> () -> Int {
    let generator = Generator(network, weights: weights, pool: pool, kernels: kernels)
    let sampler = try Sampler()
    var random = RandomStream(seed: 1, purpose: .sampling)
    generator.read(0)
    return {
      // Several at a time: one is over sooner than a clock is read.
      for _ in 0..<16 { generator.read(generator.draw(sampler, using: &random)) }
      return 16
    }
  }
}

extension SpeedBenchmark.TextModel {
  fileprivate func randomBatch(
    _ steps: Int, _ sequences: Int, _ random: inout RandomStream
  ) -> Batch {
    let count = steps * sequences
    let tokens = (0..<2 * count).map { _ in Int32(random.next() % UInt64(vocabularySize)) }
    return Batch(
      steps: steps, sequences: sequences, tokens: Array(tokens[..<count]),
      targets: Array(tokens[count...]))
  }
}

extension FrameTable {
  /// A table full of `count` frames of values between −1 and 1.
  fileprivate static func random(
    size: Int, _ count: Int, _ random: inout RandomStream
  ) -> FrameTable {
    let table = FrameTable(size: size)
    for _ in 0..<count { table.append((0..<size).map { _ in 2 * random.uniform() - 1 }) }
    return table
  }
}

extension Batch {
  /// Windows of `steps` frames that lie anywhere in a table of `(sequences + 1) · steps`, and the frame after
  /// each.
  fileprivate static func randomWindows(
    _ steps: Int, _ sequences: Int, _ random: inout RandomStream
  ) -> Batch {
    let first = (0..<sequences).map { _ in
      Int32(random.next() % UInt64(steps * sequences))
    }
    let tokens = (0..<steps).flatMap { step in first.map { $0 + Int32(step) } }
    return Batch(
      steps: steps, sequences: sequences, tokens: tokens, targets: tokens.map { $0 + 1 },
      starts: (0..<steps * sequences).map { $0 < sequences })
  }
}
