/// The generator SplitMix64: the same numbers for the same seed, everywhere.
package struct ReferenceRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension ReferenceNetwork {
  /// A network with every parameter uniform within ±1/√n, where n is the number of inputs; of
  /// frames with `frames`, some of which begin a recording.
  package static func random(
    vocabulary: Int, layers: [ReferenceLayer<Scalar>], output: ReferenceOutput = .softmax,
    outputs: Int? = nil, frames: ReferenceTensor<Scalar>? = nil,
    targetFrames: ReferenceTensor<Scalar>? = nil, using random: inout ReferenceRandom
  ) -> ReferenceNetwork {
    var parameters: ReferenceTensors<Scalar> = [:]
    let shapes = shapes(
      vocabulary: vocabulary, layers: layers, output: output, outputs: outputs)
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      // The inputs of one output: a convolution's on all steps that it sees.
      let bound = Double(shape.count == 1 ? shape[0] : shape.dropFirst().reduce(1, *)).squareRoot()
      parameters[name] = ReferenceTensor(
        shape: shape,
        values: (0..<shape.reduce(1, *)).map { _ in
          Scalar(Double.random(in: -1...1, using: &random) / bound)
        })
    }
    let count = frames?.shape[0] ?? 0
    return ReferenceNetwork(
      vocabulary: vocabulary, layers: layers, output: output, outputs: outputs,
      parameters: parameters, frames: frames, targetFrames: targetFrames,
      recordings: Set((0..<count).filter { _ in Int.random(in: 0..<6, using: &random) == 0 }))
  }

  /// A state with every value uniform within ±1, for each layer that keeps a state.
  package func randomState(sequences: Int, using random: inout ReferenceRandom) -> [ReferenceState<
    Scalar
  >] {
    func values(_ count: Int) -> [Scalar] {
      (0..<count).map { _ in Scalar(Double.random(in: -1...1, using: &random)) }
    }
    return stateSizes.compactMap { $0 }.map {
      ReferenceState(h: values(sequences * $0), c: values(sequences * $0))
    }
  }
}

extension ReferenceBatch {
  /// Random tokens; a fifth of the targets is not counted, but the first is; a sixth of the
  /// positions are starts.
  package static func random(
    steps: Int, sequences: Int, vocabulary: Int, using random: inout ReferenceRandom
  ) -> ReferenceBatch {
    func tokens() -> [Int32] {
      (0..<steps * sequences).map { _ in .random(in: 0..<Int32(vocabulary), using: &random) }
    }
    let inputs = tokens()
    var targets = tokens()
    for n in targets.indices.dropFirst() where Int.random(in: 0..<5, using: &random) == 0 {
      targets[n] = -1
    }
    let starts = inputs.map { _ in Int.random(in: 0..<6, using: &random) == 0 }
    return ReferenceBatch(
      steps: steps, sequences: sequences, tokens: inputs, targets: targets, starts: starts)
  }
}

/// A dropout mask of `count` values that drops a quarter of them.
package func randomMask<Scalar: ReferenceScalar>(
  _ count: Int, using random: inout ReferenceRandom
) -> [Scalar] {
  (0..<count).map { _ in Int.random(in: 0..<4, using: &random) == 0 ? 0 : 4 / 3 }
}

/// `count` frames of `size` values within ±2, each exact in half precision.
package func randomFrames<Scalar: ReferenceScalar>(
  _ count: Int, size: Int, using random: inout ReferenceRandom
) -> ReferenceTensor<Scalar> {
  ReferenceTensor(
    shape: [count, size],
    values: (0..<count * size).map { _ in Scalar(Int.random(in: -512...512, using: &random)) / 256 }
  )
}

/// `count` rows of `size` labels, each 0 or 1 or, now and then, something between.
package func randomLabels<Scalar: ReferenceScalar>(
  _ count: Int, size: Int, using random: inout ReferenceRandom
) -> ReferenceTensor<Scalar> {
  ReferenceTensor(
    shape: [count, size],
    values: (0..<count * size).map { _ in
      [0, 0, 0, 1, 1, 0.25].randomElement(using: &random)!
    })
}
