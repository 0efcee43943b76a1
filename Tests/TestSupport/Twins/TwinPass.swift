/// A layer's forward pass over a batch, with the backward pass that belongs to it.
package struct TwinPass<Scalar: TwinScalar> {
  /// `[T, B, size]`.
  package let output: [Scalar]
  package let size: Int
  /// What a recurrent layer remembers after the last step.
  package var state: TwinState<Scalar>?
  /// What batch normalisation has met after the batch, by name without the layer's prefix.
  package var statistics: TwinTensors<Scalar> = [:]
  /// From the gradient with respect to `output`, those with respect to the input (empty where that
  /// was tokens) and to the layer's parameters.
  package let backward: ([Scalar]) -> (input: [Scalar], parameters: TwinTensors<Scalar>)
}

extension TwinPass {
  /// `y = W x + b`: `weight` `[O, I]`, `bias` `[O]`.
  package static func dense(
    _ parameters: TwinTensors<Scalar>, _ input: TwinActivations<Scalar>
  ) -> TwinPass {
    let (weight, bias) = (parameters["weight"]!, parameters["bias"]!)
    let product = weight.times(input)
    let size = weight.shape[0]
    let output = twinSum(product, product.indices.map { bias.values[$0 % size] })
    return TwinPass(output: output, size: size) { dy in
      var dWeight = TwinTensor<Scalar>(zeros: weight.shape)
      var dBias = TwinTensor<Scalar>(zeros: bias.shape)
      twinAddRows(dy, to: &dBias)
      let dx = weight.timesBackward(dy, input, into: &dWeight)
      return (dx, ["weight": dWeight, "bias": dBias])
    }
  }

  /// This layer with `decay · weight` added to the weights' gradient.
  package func withWeightDecay(_ decay: Scalar, _ weight: TwinTensor<Scalar>) -> TwinPass {
    TwinPass(output: output, size: size) { [backward] dy in
      var (input, parameters) = backward(dy)
      for i in weight.values.indices { parameters["weight"]!.values[i] += decay * weight.values[i] }
      return (input, parameters)
    }
  }

  /// This layer with the hyperbolic tangent after it.
  package func withTanh() -> TwinPass {
    let activated = output.map { Scalar.tanh($0) }
    return TwinPass(output: activated, size: size, state: state) { [backward] dy in
      backward(activated.indices.map { dy[$0] * (1 - activated[$0] * activated[$0]) })
    }
  }

  /// This layer with the rectifier after it.
  package func withReLU() -> TwinPass {
    let activated = output.map { max($0, 0) }
    return TwinPass(output: activated, size: size, state: state) { [backward] dy in
      backward(activated.indices.map { activated[$0] > 0 ? dy[$0] : 0 })
    }
  }

  /// This layer with what it has read added to what it says.
  package func withInput(_ input: [Scalar]) -> TwinPass {
    TwinPass(output: twinSum(output, input), size: size, state: state) { [backward] dy in
      let (dx, parameters) = backward(dy)
      return (twinSum(dx, dy), parameters)
    }
  }

  /// For each token its row of `weight` `[V, E]`.
  package static func embedding(_ parameters: TwinTensors<Scalar>, _ tokens: [Int32]) -> TwinPass {
    let weight = parameters["weight"]!
    let size = weight.shape[1]
    let output = tokens.flatMap { weight.values[Int($0) * size..<(Int($0) + 1) * size] }
    return TwinPass(output: output, size: size) { dy in
      var dWeight = TwinTensor<Scalar>(zeros: weight.shape)
      for (n, token) in tokens.enumerated() {
        for e in 0..<size { dWeight.values[Int(token) * size + e] += dy[n * size + e] }
      }
      return ([], ["weight": dWeight])
    }
  }

  /// `y = x · mask`; `mask` `[T, B, size]` holds 0 where a value is dropped and 1 / (1 - p)
  /// elsewhere.
  package static func dropout(mask: [Scalar], _ input: [Scalar], size: Int) -> TwinPass {
    precondition(mask.count == input.count, "a dropout mask has a value for each input value")
    return TwinPass(output: mask.indices.map { input[$0] * mask[$0] }, size: size) { dy in
      (mask.indices.map { dy[$0] * mask[$0] }, [:])
    }
  }

  /// A cell over all steps of a batch of `B` sequences: `weight_ih` `[G·H, I]`, `bias` `[G·H]` and
  /// the cell's own parameters. `starts` is `[T, B]`, `lengths` `[B]`.
  package static func recurrent<Cell: TwinCell<Scalar>>(
    _ type: Cell.Type, _ parameters: TwinTensors<Scalar>, _ input: TwinActivations<Scalar>,
    starts: [Bool], state: TwinState<Scalar>, lengths: [Int]
  ) -> TwinPass {
    let product = dense(
      ["weight": parameters["weight_ih"]!, "bias": parameters["bias"]!], input)
    let projection = TwinPass(output: product.output, size: product.size) { dy in
      let (dx, gradients) = product.backward(dy)
      return (dx, ["weight_ih": gradients["weight"]!, "bias": gradients["bias"]!])
    }
    return recurrent(
      type, parameters, inputLayer: projection, starts: starts, state: state, lengths: lengths)
  }

  /// A cell that is given what `inputLayer` makes of a step, with the parameters of both.
  package static func recurrent<Cell: TwinCell<Scalar>>(
    _: Cell.Type, _ parameters: TwinTensors<Scalar>, inputLayer: TwinPass, starts: [Bool],
    state initial: TwinState<Scalar>, lengths: [Int]
  ) -> TwinPass {
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
    return TwinPass(output: output, size: hidden, state: final) { dy in
      var gradients = parameters.mapValues { TwinTensor<Scalar>(zeros: $0.shape) }
      var dState = TwinState<Scalar>(zeros: sequences * hidden)
      var dProjections = [[Scalar]](repeating: [], count: steps)
      for t in (0..<steps).reversed() {
        let dOutput = Array(dy[t * sequences * hidden..<(t + 1) * sequences * hidden])
        dState.h = twinSum(dState.h, dOutput)
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
