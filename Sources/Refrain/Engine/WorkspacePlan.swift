/// How much a workspace is made for, and in which memory: what every layer is made with.
struct WorkspacePlan {
  let parameters: ParameterStore
  /// The user's own units that the network may contain.
  let cells: [CustomCell]
  let arena: Arena
  let steps: Int
  /// Steps of what an encoder reads.
  let sourceSteps: Int
  let batch: Int
  /// True where there will be gradients.
  let trains: Bool
  /// What products read the weights as; single precision where there will be gradients.
  let weights: WeightFormat
  /// What units compute with.
  let kernels: KernelChoice

  /// - Parameters:
  ///   - steps: the most steps of a batch; more than 2⁵⁰ count as 2⁵⁰, as `sourceSteps` and `batch` do.
  init(
    _ parameters: ParameterStore, cells: [CustomCell], arena: Arena, steps: Int, sourceSteps: Int,
    batch: Int, trains: Bool, weights: WeightFormat, kernels: KernelChoice
  ) {
    self.parameters = parameters
    self.cells = cells
    self.arena = arena
    self.steps = min(steps, 1 << 50)
    self.sourceSteps = min(sourceSteps, 1 << 50)
    self.batch = min(batch, 1 << 50)
    self.trains = trains
    self.weights = weights
    self.kernels = kernels
  }

  /// Rows of a matrix with a row per step and sequence: `T · B`.
  var rows: Int { rows(ofEach: steps) }

  /// Rows of a matrix with `count` rows per sequence. No machine has memory for 2⁵⁵ of them, and more are not
  /// told apart: that leaves room for what is added to them.
  func rows(ofEach count: Int) -> Int {
    let (rows, overflows) = count.multipliedReportingOverflow(by: batch)
    return overflows ? 1 << 55 : min(rows, 1 << 55)
  }

  /// A matrix of `rows` rows where there will be gradients, else without rows.
  func gradient(rows: Int, count: Int) -> Panels {
    arena.panels(rows: trains ? rows : 0, count: count)
  }

  /// The values between two layers that are not recurrent.
  func activation(size: Int, hasGradient: Bool = true) -> Activation {
    Activation(
      size: size, values: arena.panels(rows: rows, columns: size),
      gradient: arena.panels(rows: trains && hasGradient ? rows : 0, columns: size),
      followsState: false)
  }

  /// For what comes after the last step alone.
  var oneStep: WorkspacePlan { with(steps: 1) }

  /// For what an encoder reads.
  var source: WorkspacePlan { with(steps: sourceSteps) }

  private func with(steps: Int) -> WorkspacePlan {
    WorkspacePlan(
      parameters, cells: cells, arena: arena, steps: steps, sourceSteps: sourceSteps, batch: batch,
      trains: trains, weights: weights, kernels: kernels)
  }
}
