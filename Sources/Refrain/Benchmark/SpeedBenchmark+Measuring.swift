import Foundation

extension SpeedBenchmark {
  /// What was measured.
  public struct Result: Codable, Equatable, Sendable {
    /// The benchmark's name.
    public let benchmark: String
    /// The median of the repetitions.
    public let tokensPerSecond: Double
    /// How many threads were used.
    public let threads: Int
    /// The kernels that computed.
    public let kernels: KernelChoice

    enum CodingKeys: String, CodingKey {
      case benchmark, threads, kernels
      case tokensPerSecond = "tokens_per_second"
    }
  }

  /// Measures the median of `repeats` measurements of about `seconds` each, after one that does not
  /// count.
  ///
  /// - Parameter threads: how many to use; 0 means all cores, for generation as many as help.
  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  public func measure(
    threads: Int = 0, repeats: Int = 7, seconds: Double = 0.3, kernels: KernelChoice = .best
  ) throws -> Result {
    precondition(repeats >= 1, "at least one measurement is needed")
    let prepared = try prepare(threads: threads, kernels: kernels)
    // The first measurement warms the caches and the processor.
    _ = Self.speed(of: prepared.step, seconds: seconds / 2)
    let speeds = (0..<repeats).map { _ in Self.speed(of: prepared.step, seconds: seconds) }.sorted()
    let middle = speeds.count / 2
    let median =
      speeds.count.isMultiple(of: 2) ? (speeds[middle - 1] + speeds[middle]) / 2 : speeds[middle]
    return Result(
      benchmark: name, tokensPerSecond: median, threads: prepared.threads, kernels: kernels)
  }

  /// A benchmark's network, ready to run.
  package struct Prepared {
    /// Runs one step (of generation: sixteen) and returns how many tokens it read.
    package let step: () -> Int
    /// How many threads it uses.
    package let threads: Int
  }

  /// Makes the network and all that one step needs, so that who measures runs only steps.
  ///
  /// - Parameter threads: how many to use; 0 means all cores, for generation as many as help.
  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  package func prepare(threads: Int = 0, kernels: KernelChoice = .best) throws -> Prepared {
    let network = try Network(description)
    switch work {
    case .training(let steps, let sequences):
      let pool = ThreadPool(count: threads)
      let step = trainingStep(network, steps, sequences, pool, kernels)
      return Prepared(step: step, threads: pool.count)
    case .generation(let weights):
      let pool = Generator.pool(for: network, threads: threads)
      let step = try generationStep(network, weights, pool, kernels)
      return Prepared(step: step, threads: pool.count)
    }
  }

  var description: ModelDescription {
    ModelDescription(input: .tokens(vocabularySize), output: .softmax(vocabularySize)) {
      for _ in 0..<layers { Recurrent(cell, hidden) }
    }
  }

  /// Tokens per second of as many steps as fit into `seconds`, at least one.
  private static func speed(of step: () -> Int, seconds: Double) -> Double {
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

  private func trainingStep(
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

  private func generationStep(
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
