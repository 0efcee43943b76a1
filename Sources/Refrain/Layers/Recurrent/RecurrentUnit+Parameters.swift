extension RecurrentUnit {
  /// The name of a round's matrix, which counts from 0: `mogrifier_q1`, `mogrifier_r2` and so on, q where
  /// it is the input that is altered.
  static func roundName(_ round: Int) -> String {
    "mogrifier_" + (altersInput(round) ? "q" : "r") + "\(round + 1)"
  }

  /// Whether a round alters the input, not the previous output.
  static func altersInput(_ round: Int) -> Bool { round.isMultiple(of: 2) }

  /// The unit's parameters under PyTorch's names, with one bias per gate. Where no block sees the
  /// previous output, there is no `weight_hh`.
  func parameters(prefix: String, inputs: Int, hidden: Int) -> [ParameterTensor] {
    let range = 1 / Float(hidden).squareRoot()
    var tensors: [ParameterTensor] = [
      .matrix(
        prefix + "weight_ih", blocks: fileOrder, columns: hidden, rows: inputs, range: range)
    ]
    if hasRecurrentBlocks {
      tensors.append(
        .matrix(
          prefix + "weight_hh", blocks: Array(0..<recurrentBlocks.count), columns: hidden,
          rows: hidden, range: range))
    }
    let biases = recurrentBias == nil ? fileOrder + Array(inputBlocks.count..<blocks) : fileOrder
    tensors.append(
      .vector(
        prefix + "bias", blocks: biases, columns: hidden, range: range, onesBlock: forgetGate))
    for name in [recurrentBias].compactMap({ $0 }) + parameterNames {
      tensors.append(.vector(prefix + name, columns: hidden, range: range))
    }
    for round in 0..<rounds {
      let (columns, rows) = Self.altersInput(round) ? (inputs, hidden) : (hidden, inputs)
      tensors.append(
        .matrix(prefix + Self.roundName(round), columns: columns, rows: rows, range: range))
    }
    return tensors
  }
}
