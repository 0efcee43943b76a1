// Layers that see all steps of a sequence at once. `lengths` is `[B]`; what is beyond counts nothing.
extension ReferencePass {
  /// Of each sequence one row, the sum of its steps times `weights`, which are of a step, a sequence and a
  /// value: `[B, size]`.
  private static func pooled(
    _ input: [Scalar], size: Int, lengths: [Int], weights: (Int, Int, Int) -> Scalar
  ) -> ReferencePass {
    let sequences = lengths.count
    func forEach(_ body: (_ from: Int, _ to: Int, _ weight: Scalar) -> Void) {
      for (b, length) in lengths.enumerated() {
        for t in 0..<length {
          for i in 0..<size { body((t * sequences + b) * size + i, b * size + i, weights(t, b, i)) }
        }
      }
    }
    var output = [Scalar](repeating: 0, count: sequences * size)
    forEach { output[$1] += $2 * input[$0] }
    var kept: [(Int, Int, Scalar)] = []
    forEach { kept.append(($0, $1, $2)) }
    return ReferencePass(output: output, size: size) { dy in
      var dx = [Scalar](repeating: 0, count: input.count)
      for (from, to, weight) in kept { dx[from] += weight * dy[to] }
      return (dx, [:])
    }
  }

  /// Each sequence's last step.
  package static func lastStep(_ input: [Scalar], size: Int, lengths: [Int]) -> ReferencePass {
    pooled(input, size: size, lengths: lengths) { t, b, _ in t == lengths[b] - 1 ? 1 : 0 }
  }

  /// The mean of each sequence's steps.
  package static func meanOverTime(_ input: [Scalar], size: Int, lengths: [Int]) -> ReferencePass {
    pooled(input, size: size, lengths: lengths) { _, b, _ in 1 / Scalar(lengths[b]) }
  }

  /// Of each value the greatest of each sequence's steps, the first of several.
  package static func maxOverTime(_ input: [Scalar], size: Int, lengths: [Int]) -> ReferencePass {
    let value = { (t: Int, b: Int, i: Int) in input[(t * lengths.count + b) * size + i] }
    return pooled(input, size: size, lengths: lengths) { t, b, i in
      let first = (0..<lengths[b]).reduce(0) { value($1, b, i) > value($0, b, i) ? $1 : $0 }
      return t == first ? 1 : 0
    }
  }

  /// Values `[T, B, size]` with each sequence's steps in the opposite order.
  package static func mirrored(_ input: [Scalar], size: Int, lengths: [Int]) -> [Scalar] {
    let rows = input.count / size
    return (0..<rows).flatMap { row in
      let (t, b) = (row / lengths.count, row % lengths.count)
      let from = t < lengths[b] ? lengths[b] - 1 - t : t
      let start = (from * lengths.count + b) * size
      return input[start..<start + size]
    }
  }

  /// `forwards`, and beside it in each row `backwards`, which has read a mirrored input.
  package static func bothDirections(
    _ forwards: ReferencePass, _ backwards: ReferencePass, inputs: Int, lengths: [Int]
  ) -> ReferencePass {
    let size = forwards.size
    let second = mirrored(backwards.output, size: size, lengths: lengths)
    let rows = second.count / size
    var output: [Scalar] = []
    for row in 0..<rows {
      let values = row * size..<(row + 1) * size
      output += forwards.output[values]
      output += second[values]
    }
    return ReferencePass(output: output, size: 2 * size) { dy in
      let half = { (part: Int) -> [Scalar] in
        (0..<rows).flatMap { row -> ArraySlice<Scalar> in
          let start = (2 * row + part) * size
          return dy[start..<start + size]
        }
      }
      let first = forwards.backward(half(0))
      let last = backwards.backward(mirrored(half(1), size: size, lengths: lengths))
      var gradients = first.parameters
      for (name, value) in last.parameters { gradients["reverse." + name] = value }
      return (
        referenceSum(first.input, mirrored(last.input, size: inputs, lengths: lengths)), gradients
      )
    }
  }
}
