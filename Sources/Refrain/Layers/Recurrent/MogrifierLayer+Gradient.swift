import UnitSteps

/// Backpropagation through time, and in each step through its rounds.
extension MogrifierLayer {
  func backward(_ pass: Pass, _ share: ThreadShare) {
    for part in parts(pass, share) {
      // The last step's cell states have no gradient from a later one; that of the state before the first is a sum.
      for matrix in [buffers.dCellStates, buffers.dOutput] {
        for panel in 0..<matrix.count {
          var gradient = matrix.write(part.sequences, panel: panel)
          pass.kernels.clear(&gradient)
        }
      }
      for t in (0..<pass.steps).reversed() {
        backward(part.step(t), pass)
        addPreviousGradient(part.step(t), pass)
      }
    }
  }

  private func backward(_ step: StepRows, _ pass: Pass) {
    for unit in 0..<buffers.units {
      kernel.backward(
        buffers.step(step, unit: unit, previous: previous), buffers.gradient(step, unit: unit))
    }
    let sequences = step.sequences
    inputProduct.inputGradient(dInput, at: sequences, from: step.rows, accumulate: false, pass)
    recurrentProduct.inputGradient(
      dPrevious, at: sequences, from: step.rows, accumulate: false, pass)
    for (index, round) in rounds.enumerated().reversed() {
      let altersInput = RecurrentUnit.altersInput(index)
      let dVector = altersInput ? dInput : dPrevious
      let before = vector(before: index, step, pass)
      for panel in 0..<round.altered.count {
        var factors = round.product.sums.write(step.rows, panel: panel)
        var gradient = dVector.write(sequences, panel: panel)
        pass.kernels.mogrifyBackward(
          factors: &factors, vector: before.values.read(before.rows, panel: panel),
          gradient: &gradient)
      }
      round.product.inputGradient(
        altersInput ? dPrevious : dInput, at: sequences, from: step.rows, accumulate: true, pass)
    }
    if !input.hasGradient { return }
    for panel in input.panels {
      var gradient = input.gradient.write(input.rows(step.rows, pass), panel: panel)
      pass.kernels.copy(&gradient, dInput.read(sequences, panel: panel))
    }
  }

  /// Adds a step's gradient of the output before it to the layer above's; where a document begins, a step has
  /// none.
  private func addPreviousGradient(_ step: StepRows, _ pass: Pass) {
    let starts = pass.hasStarts ? step.rows.filter { pass.starts[$0] != 0 } : []
    for row in starts {
      let sequence = step.sequences.lowerBound + row - step.rows.lowerBound
      for matrix in [dPrevious, buffers.dCellStates] {
        for panel in 0..<matrix.count {
          var gradient = matrix.write(sequence..<sequence + 1, panel: panel)
          pass.kernels.clear(&gradient)
        }
      }
    }
    for unit in 0..<buffers.units {
      var gradient = buffers.dOutput.write(step.previous, panel: unit)
      pass.kernels.addScaled(
        &gradient, dPrevious.read(step.sequences, panel: unit), factor: 1)
    }
  }

  // MARK: - The parameters' gradient

  /// All products, the input's first, whose sums the bias is added to.
  private var products: [StepProduct] {
    [inputProduct, recurrentProduct] + rounds.map(\.product)
  }

  /// Panels of a matrix that one piece of the gradient covers.
  private static let group = 4

  private func pieces(_ product: StepProduct) -> Int {
    (product.weights.count + Self.group - 1) / Self.group
  }

  var gradientCount: Int { products.reduce(0) { $0 + pieces($1) } }

  func parameterGradient(_ item: Int, _ pass: Pass) {
    var item = item
    for (index, product) in products.enumerated() {
      if item >= pieces(product) {
        item -= pieces(product)
        continue
      }
      let panels = item * Self.group..<min((item + 1) * Self.group, product.weights.count)
      product.weightGradient(panels, pass)
      if index > 0 { return }
      for panel in panels {
        var sums = dBias.write(0..<1, panel: panel)
        pass.kernels.columnSums(&sums, buffers.gates.read(0..<pass.rows, panel: panel))
      }
      return
    }
  }

  // MARK: - Transposed weights

  var transposeCount: Int { products.reduce(0) { $0 + $1.transposed.count } }

  func transpose(_ item: Int, _ pass: Pass) {
    var item = item
    for product in products {
      if item < product.transposed.count {
        return transposePanel(item, product.weights, product.transposed, pass)
      }
      item -= product.transposed.count
    }
  }
}
