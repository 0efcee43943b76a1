/// What a causal convolution is made of.
package struct ReferenceConvolution: Equatable, Sendable {
  package enum ActivationFunction: String, CaseIterable, Sendable {
    case linear, tanh, relu
  }

  package var outputs: Int
  package var width: Int
  package var dilation: Int
  package var activation: ActivationFunction
  /// Whether the input is added to what the activation gives.
  package var isResidual: Bool

  package init(
    outputs: Int, width: Int, dilation: Int = 1, activation: ActivationFunction = .linear,
    isResidual: Bool = false
  ) {
    self.outputs = outputs
    self.width = width
    self.dilation = dilation
    self.activation = activation
    self.isResidual = isResidual
  }

  /// One of `outputs` values, or of as many as go in, of which then every second is residual.
  package static func random(
    outputs: Int, inputs: Int, using random: inout ReferenceRandom
  ) -> ReferenceConvolution {
    let isSquare = Bool.random(using: &random)
    return ReferenceConvolution(
      outputs: isSquare ? inputs : outputs, width: .random(in: 1...4, using: &random),
      dilation: .random(in: 1...3, using: &random),
      activation: ActivationFunction.allCases.randomElement(using: &random)!,
      isResidual: isSquare && Bool.random(using: &random))
  }

  /// How many steps back each sees.
  package var stepsBack: Int { (width - 1) * dilation }
}

extension ReferencePass {
  /// A convolution with its activation; `weight` is `[O, I, width]`, the oldest step first, `bias` `[O]`,
  /// `starts` `[T, B]`, `lengths` `[B]`. The state's `h` holds the last inputs of each sequence,
  /// `[B, stepsBack, I]`, the oldest first; its `c` stays as it is.
  package static func convolution(
    _ make: ReferenceConvolution, _ parameters: ReferenceTensors<Scalar>, _ input: [Scalar],
    size: Int,
    starts: [Bool], state: ReferenceState<Scalar>?, lengths: [Int]
  ) -> ReferencePass {
    let sums = sums(
      make, parameters, input, size: size, starts: starts, history: state?.h ?? [],
      lengths: lengths)
    let activated =
      switch make.activation {
      case .linear: sums
      case .tanh: sums.withTanh()
      case .relu: sums.withReLU()
      }
    var pass = make.isResidual ? activated.withInput(input) : activated
    pass.state = state.map { ReferenceState(h: sums.state!.h, c: $0.c) }
    return pass
  }

  private static func sums(
    _ make: ReferenceConvolution, _ parameters: ReferenceTensors<Scalar>, _ input: [Scalar],
    size: Int,
    starts: [Bool], history: [Scalar], lengths: [Int]
  ) -> ReferencePass {
    let (weight, bias) = (parameters["weight"]!, parameters["bias"]!)
    let sequences = lengths.count
    let steps = input.count / size / sequences
    /// What sequence `b` read `back` steps before step `t`, and where it stands in `input`, if it does; zero
    /// where another document, or none, was read.
    func earlier(_ t: Int, _ b: Int, back: Int, _ i: Int) -> (value: Scalar, place: Int?) {
      let from = t - back
      for step in max(from, -1) + 1..<t + 1 where starts[step * sequences + b] { return (0, nil) }
      if from < 0 {
        return (history[(b * make.stepsBack + make.stepsBack + from) * size + i], nil)
      }
      let place = (from * sequences + b) * size + i
      return (input[place], place)
    }
    /// Every product: an output, a weight, and what it is multiplied by.
    func forEach(_ body: (_ output: Int, _ weight: Int, _ value: Scalar, _ place: Int?) -> Void) {
      for t in 0..<steps {
        for b in 0..<sequences {
          for tap in 0..<make.width {
            for i in 0..<size {
              let (value, place) = earlier(t, b, back: tap * make.dilation, i)
              for o in 0..<make.outputs {
                body(
                  (t * sequences + b) * make.outputs + o,
                  (o * size + i) * make.width + make.width - 1 - tap, value, place)
              }
            }
          }
        }
      }
    }
    var output = (0..<steps * sequences).flatMap { _ in bias.values }
    forEach { place, tap, value, _ in output[place] += weight.values[tap] * value }
    let final = lengths.enumerated().flatMap { b, length in
      (0..<make.stepsBack).flatMap { step in
        (0..<size).map { earlier(length - 1, b, back: make.stepsBack - 1 - step, $0).value }
      }
    }
    return ReferencePass(
      output: output, size: make.outputs, state: ReferenceState(h: final, c: [])
    ) { dy in
      var dWeight = ReferenceTensor<Scalar>(zeros: weight.shape)
      var dBias = ReferenceTensor<Scalar>(zeros: bias.shape)
      referenceAddRows(dy, to: &dBias)
      var dx = [Scalar](repeating: 0, count: input.count)
      forEach { output, tap, value, place in
        dWeight.values[tap] += dy[output] * value
        if let place { dx[place] += dy[output] * weight.values[tap] }
      }
      return (dx, ["weight": dWeight, "bias": dBias])
    }
  }
}
