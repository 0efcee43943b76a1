/// A benchmark's network with everything that its steps need, to be measured again and again.
package final class SpeedMeasurement {
  /// How many threads are used.
  package let threads: Int
  /// Runs one step (of generation: sixteen) and returns how many tokens it read.
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

  /// Tokens per second of as many steps as fit into `seconds`, at least one.
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
  var description: ModelDescription {
    ModelDescription(input: .tokens(vocabularySize), output: .softmax(vocabularySize)) {
      for _ in 0..<layers { Recurrent(cell, hidden) }
    }
  }

  fileprivate func trainingStep(
    _ network: Network, _ steps: Int, _ sequences: Int, _ pool: ThreadPool,
    _ kernels: KernelChoice
  ) -> () -> Int {
    let workspace = Workspace(
      network, steps: steps, sequences: sequences, mode: .training, pool: pool, kernels: kernels)
    let optimizer = OptimizerMemory(.adam(), for: network)
    var random = RandomStream(seed: 1, purpose: .shuffling)
    let batches = (0..<8).map { _ in randomBatch(steps, sequences, &random) }
    var count = 0
    return {
      _ = workspace.gradient(batches[count % batches.count], step: count, seed: 1)
      _ = optimizer.step(rate: 0.002, clip: 5, pool: pool, kernels: kernels.kernels)
      count += 1
      return steps * sequences
    }
  }

  private func randomBatch(_ steps: Int, _ sequences: Int, _ random: inout RandomStream) -> Batch {
    let count = steps * sequences
    let tokens = (0..<2 * count).map { _ in Int32(random.next() % UInt64(vocabularySize)) }
    return Batch(
      steps: steps, sequences: sequences, tokens: Array(tokens[..<count]),
      targets: Array(tokens[count...]))
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
