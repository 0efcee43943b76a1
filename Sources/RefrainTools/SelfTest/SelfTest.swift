import Foundation
import Refrain

/// Some seconds' check that the library computes on this machine what it should.
public struct SelfTest: Sendable {
  /// One thing that was checked.
  public struct Check: Codable, Equatable, Sendable {
    /// What should hold, as a sentence without its full stop.
    public let name: String
    /// Whether it does.
    public let passed: Bool
    /// What was found.
    public let detail: String

    /// A check that was made.
    public init(name: String, passed: Bool, detail: String) {
      self.name = name
      self.passed = passed
      self.detail = detail
    }
  }

  /// Where files are written.
  public let folder: String

  /// A test that writes its files into `folder`.
  public init(folder: String) { self.folder = folder }

  /// Runs all checks.
  public func run() -> [Check] {
    [
      check("Portable and fast kernels give the same gradient", kernelsAgree),
      check("One and two threads give the same bits", threadsAgree),
      check("A small network learns", learns),
      check("A model file comes back as it was written", fileComesBack),
    ]
  }

  private func check(_ name: String, _ body: () throws -> (Bool, String)) -> Check {
    do {
      let (passed, detail) = try body()
      return Check(name: name, passed: passed, detail: detail)
    } catch {
      return Check(name: name, passed: false, detail: "\(error)")
    }
  }

  // MARK: - The checks

  /// Every kind of unit, on sizes that are no multiple of a panel.
  private static let description = ModelDescription(input: .tokens(11), output: .softmax(11)) {
    Embedding(9)
    LSTM(19)
    GRU(21)
    RNN(17)
  }

  private func network() throws -> Network { try Network(Self.description, seed: 1) }

  private var batch: Batch {
    var random = RandomStream(seed: 1, purpose: .shuffling)
    let tokens = (0..<2 * 35).map { _ in Int32(random.next() % 11) }
    return Batch(
      steps: 7, sequences: 5, tokens: Array(tokens[..<35]), targets: Array(tokens[35...]))
  }

  private func gradient(threads: Int, kernels: KernelChoice) throws -> [Float] {
    let network = try network()
    let workspace = Workspace(
      network, steps: 7, sequences: 5, mode: .training, threads: threads, kernels: kernels)
    _ = workspace.gradient(batch)
    return network.parameterNames.flatMap { network.gradient(of: $0) }
  }

  private func kernelsAgree() throws -> (Bool, String) {
    let others = KernelChoice.allCases.filter { $0 != .portable && $0.isAvailable }
    if others.isEmpty { return (true, "this processor runs the portable ones only") }
    let expected = try gradient(threads: 1, kernels: .portable)
    let size = expected.reduce(0) { max($0, abs($1)) }
    var worst: Float = 0
    for kernels in others {
      let found = try gradient(threads: 1, kernels: kernels)
      for (a, b) in zip(expected, found) {
        let difference = abs(a - b) / size
        // A difference that is not a number must not pass for a small one.
        worst = difference.isNaN ? .infinity : max(worst, difference)
      }
    }
    return (size > 0 && worst < 1e-5, String(format: "they differ by %.1e at most", worst))
  }

  private func threadsAgree() throws -> (Bool, String) {
    let one = try gradient(threads: 1, kernels: .best)
    let two = try gradient(threads: 2, kernels: .best)
    let same = one.map(\.bitPattern) == two.map(\.bitPattern)
    return (same, same ? "\(one.count) values compared" : "the gradients differ")
  }

  private func learns() throws -> (Bool, String) {
    let network = try network()
    let pool = ThreadPool(count: 1)
    let kernels = KernelChoice.best
    let workspace = Workspace(
      network, steps: 7, sequences: 5, mode: .training, pool: pool, kernels: kernels)
    let optimizer = OptimizerState(.adam(), for: network)
    let before = workspace.loss(batch)
    for step in 0..<200 {
      workspace.resetState()
      _ = workspace.gradient(batch, step: step)
      _ = optimizer.step(rate: 0.01, clip: 5, threads: workspace.threads, kernels: kernels.kernels)
    }
    workspace.resetState()
    let after = workspace.loss(batch)
    return (after < before / 4, String(format: "the loss falls from %.2f to %.3f", before, after))
  }

  private func fileComesBack() throws -> (Bool, String) {
    let path = folder + "/refrain-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let network = try network()
    let written = ModelFile(network: network)
    try written.write(to: path)
    let read = try ModelFile(contentsOf: path)
    let same = network.parameterNames.allSatisfy {
      network.values(of: $0) == read.network.values(of: $0)
    }
    return (
      same && read.network.description == network.description, "written to \(folder) and read"
    )
  }
}
