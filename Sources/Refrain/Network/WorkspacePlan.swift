/// How much a workspace is made for.
struct WorkspacePlan {
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

  /// The values between two layers that are not recurrent.
  func activation(
    size: Int, _ memory: PanelMemory, hasGradient: Bool = true
  ) -> Activation {
    Activation(
      size: size, values: memory.panels(rows: steps * batch, columns: size),
      gradient: memory.panels(rows: trains && hasGradient ? steps * batch : 0, columns: size),
      followsState: false)
  }

  /// For what comes after the last step alone.
  var oneStep: WorkspacePlan { with(steps: 1) }

  func with(steps: Int) -> WorkspacePlan {
    WorkspacePlan(
      steps: steps, sourceSteps: sourceSteps, batch: batch, trains: trains, weights: weights,
      kernels: kernels)
  }

  /// The engine's layers for a network; dropout only where it is trained.
  func layers(of network: Network, _ memory: PanelMemory) -> [PlacedLayer] {
    let description = network.description
    guard let encoder = description.encoder else {
      return LayerPlan(self, network, memory, prefix: "layers.", section: .steps)
        .layers(description.layers, reading: description.input)
    }
    let read = LayerPlan(
      with(steps: sourceSteps), network, memory, prefix: "encoder.", section: .encoder
    ).layers(encoder.layers, reading: encoder.input)
    return DecoderPlan(self, network, memory, encoder: read).layers()
  }

  /// The output of a network whose last layer gives `input`.
  func head(of network: Network, input: Activation, _ memory: PanelMemory) -> any OutputHead {
    let plan = network.description.saysOnlyLast ? oneStep : self
    switch network.description.output {
    case .softmax(let size):
      return SoftmaxHead(size: size, input: input, network: network, plan: plan, memory: memory)
    case .linear(.meanSquaredError):
      return SquaredErrorHead(input: input, plan: plan, memory: memory)
    case .mixture(let components, let size, let history):
      return MixtureHead(
        components: components, size: size, history: history, input: input, network: network,
        plan: plan, memory: memory)
    case .labels(let size):
      return LabelsHead(size: size, input: input, network: network, plan: plan, memory: memory)
    }
  }
}
