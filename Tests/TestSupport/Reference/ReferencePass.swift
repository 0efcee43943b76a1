/// A layer's forward pass over a batch, with the backward pass that belongs to it.
package struct ReferencePass<Scalar: ReferenceScalar> {
  /// `[T, B, size]`.
  package let output: [Scalar]
  package let size: Int
  /// The state of a recurrent layer after the last step.
  package var state: ReferenceState<Scalar>?
  /// What batch normalisation has met after the batch, by name without the layer's prefix.
  package var statistics: ReferenceTensors<Scalar> = [:]
  /// From the gradient with respect to `output`, those with respect to the input (empty where that
  /// was tokens) and to the layer's parameters.
  package let backward: ([Scalar]) -> (input: [Scalar], parameters: ReferenceTensors<Scalar>)
}

extension ReferencePass {
  /// `y = W x + b`: `weight` `[O, I]`, `bias` `[O]`.
  package static func dense(
    _ parameters: ReferenceTensors<Scalar>, _ input: ReferenceActivations<Scalar>
  ) -> ReferencePass {
    let (weight, bias) = (parameters["weight"]!, parameters["bias"]!)
    let product = weight.times(input)
    let size = weight.shape[0]
    let output = referenceSum(product, product.indices.map { bias.values[$0 % size] })
    return ReferencePass(output: output, size: size) { dy in
      var dWeight = ReferenceTensor<Scalar>(zeros: weight.shape)
      var dBias = ReferenceTensor<Scalar>(zeros: bias.shape)
      referenceAddRows(dy, to: &dBias)
      let dx = weight.timesBackward(dy, input, into: &dWeight)
      return (dx, ["weight": dWeight, "bias": dBias])
    }
  }

  /// This layer with `decay · weight` added to the weights' gradient.
  package func withWeightDecay(_ decay: Scalar, _ weight: ReferenceTensor<Scalar>) -> ReferencePass
  {
    ReferencePass(output: output, size: size) { [backward] dy in
      var (input, parameters) = backward(dy)
      for i in weight.values.indices { parameters["weight"]!.values[i] += decay * weight.values[i] }
      return (input, parameters)
    }
  }

  /// This layer with the hyperbolic tangent after it.
  package func withTanh() -> ReferencePass {
    let activated = output.map { Scalar.tanh($0) }
    return ReferencePass(output: activated, size: size, state: state) { [backward] dy in
      backward(activated.indices.map { dy[$0] * (1 - activated[$0] * activated[$0]) })
    }
  }

  /// This layer with the rectifier after it.
  package func withReLU() -> ReferencePass {
    let activated = output.map { max($0, 0) }
    return ReferencePass(output: activated, size: size, state: state) { [backward] dy in
      backward(activated.indices.map { activated[$0] > 0 ? dy[$0] : 0 })
    }
  }

  /// This layer with its input added to its output.
  package func withInput(_ input: [Scalar]) -> ReferencePass {
    ReferencePass(output: referenceSum(output, input), size: size, state: state) { [backward] dy in
      let (dx, parameters) = backward(dy)
      return (referenceSum(dx, dy), parameters)
    }
  }

  /// For each token its row of `weight` `[V, E]`.
  package static func embedding(_ parameters: ReferenceTensors<Scalar>, _ tokens: [Int32])
    -> ReferencePass
  {
    let weight = parameters["weight"]!
    let size = weight.shape[1]
    let output = tokens.flatMap { weight.values[Int($0) * size..<(Int($0) + 1) * size] }
    return ReferencePass(output: output, size: size) { dy in
      var dWeight = ReferenceTensor<Scalar>(zeros: weight.shape)
      for (n, token) in tokens.enumerated() {
        for e in 0..<size { dWeight.values[Int(token) * size + e] += dy[n * size + e] }
      }
      return ([], ["weight": dWeight])
    }
  }

  /// `y = x · mask`; `mask` `[T, B, size]` holds 0 where a value is dropped and 1 / (1 - p)
  /// elsewhere.
  package static func dropout(mask: [Scalar], _ input: [Scalar], size: Int) -> ReferencePass {
    precondition(mask.count == input.count, "a dropout mask has a value for each input value")
    return ReferencePass(output: mask.indices.map { input[$0] * mask[$0] }, size: size) { dy in
      (mask.indices.map { dy[$0] * mask[$0] }, [:])
    }
  }

  /// A cell over all steps of a batch of `B` sequences: `weight_ih` `[G·H, I]`, `bias` `[G·H]` and
  /// the cell's own parameters. `starts` is `[T, B]`, `lengths` `[B]`.
  package static func recurrent<Cell: ReferenceCell<Scalar>>(
    _ type: Cell.Type, _ parameters: ReferenceTensors<Scalar>,
    _ input: ReferenceActivations<Scalar>,
    starts: [Bool], state: ReferenceState<Scalar>, lengths: [Int]
  ) -> ReferencePass {
    let product = dense(
      ["weight": parameters["weight_ih"]!, "bias": parameters["bias"]!], input)
    let projection = ReferencePass(output: product.output, size: product.size) { dy in
      let (dx, gradients) = product.backward(dy)
      return (dx, ["weight_ih": gradients["weight"]!, "bias": gradients["bias"]!])
    }
    return recurrent(
      type, parameters, inputLayer: projection, starts: starts, state: state, lengths: lengths)
  }

  /// A cell that is given what `inputLayer` makes of a step, with the parameters of both.
  package static func recurrent<Cell: ReferenceCell<Scalar>>(
    _: Cell.Type, _ parameters: ReferenceTensors<Scalar>, inputLayer: ReferencePass, starts: [Bool],
    state initial: ReferenceState<Scalar>, lengths: [Int]
  ) -> ReferencePass {
    let sequences = lengths.count
    let cell = Cell(parameters)
    let hidden = parameters["weight_ih"]!.shape[0] / Cell.gates
    let rows = sequences * inputLayer.size
    let steps = inputLayer.output.count / rows
    func startsOf(_ t: Int) -> ArraySlice<Bool> { starts[t * sequences..<(t + 1) * sequences] }

    var state = initial
    // After its last step, a sequence's state stays.
    var final = initial
    var output: [Scalar] = []
    var records: [Cell.Record] = []
    for t in 0..<steps {
      let projection = Array(inputLayer.output[t * rows..<(t + 1) * rows])
      let step = cell.forward(projection: projection, state: state.zeroed(where: startsOf(t)))
      state = step.state
      output += state.h
      for (b, length) in lengths.enumerated() where t == length - 1 {
        for i in b * hidden..<(b + 1) * hidden {
          (final.h[i], final.c[i]) = (state.h[i], state.c[i])
        }
      }
      records.append(step.record)
    }
    return ReferencePass(output: output, size: hidden, state: final) { dy in
      var gradients = parameters.mapValues { ReferenceTensor<Scalar>(zeros: $0.shape) }
      var dState = ReferenceState<Scalar>(zeros: sequences * hidden)
      var dProjections = [[Scalar]](repeating: [], count: steps)
      for t in (0..<steps).reversed() {
        let dOutput = Array(dy[t * sequences * hidden..<(t + 1) * sequences * hidden])
        dState.h = referenceSum(dState.h, dOutput)
        let step = cell.backward(dState, record: records[t], into: &gradients)
        dProjections[t] = step.projection
        // A start set the state to zero, so nothing flows back beyond it.
        dState = step.state.zeroed(where: startsOf(t))
      }
      let (dx, dInputLayer) = inputLayer.backward(dProjections.flatMap { $0 })
      return (dx, gradients.merging(dInputLayer) { $1 })
    }
  }
}
