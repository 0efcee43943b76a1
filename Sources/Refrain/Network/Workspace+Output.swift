// The network's outputs for the last batch that went forward.
extension Workspace {
  /// The sums before the softmax at one step. `[V]`
  ///
  /// Of a network whose output follows whole sequences, `step` is 0.
  public func logits(step: Int, sequence: Int = 0) -> [Float] {
    var values = [Float](repeating: 0, count: network.description.outputSize)
    softmaxHead.copyLogits(row: row(step: step, sequence: sequence), into: &values)
    return values
  }

  /// As ``logits(step:sequence:)`` for the last step and first sequence, into an array of size `V`.
  package func lastLogits(into values: inout [Float]) {
    softmaxHead.copyLogits(row: row(step: outputSteps - 1, sequence: 0), into: &values)
  }

  /// The next frame that a network with a linear output predicts at one step. `[D]`
  public func frame(step: Int, sequence: Int = 0) -> [Float] {
    guard let head = head as? SquaredErrorHead else {
      preconditionFailure("Only a network with a linear output predicts a frame.")
    }
    let place = row(step: step, sequence: sequence)
    let row = head.output.rows(place..<place + 1, outputPass).lowerBound
    return (0..<head.output.size).map { head.output.values[row, $0] }
  }

  /// The distribution of the next frame that a network with a mixture predicts at one step.
  public func mixture(step: Int, sequence: Int = 0) -> FrameMixture {
    guard let head = head as? MixtureHead else {
      preconditionFailure("Only a network with a mixture for its output predicts a distribution.")
    }
    return head.mixture(row: row(step: step, sequence: sequence), outputPass)
  }

  /// The probabilities of the labels that a network with such an output predicts at one step. `[N]`
  public func labels(step: Int, sequence: Int = 0) -> [Float] {
    labelLogits(step: step, sequence: sequence).map { probability(logit: $0) }
  }

  /// The sums before the sigmoids at one step. `[N]`
  func labelLogits(step: Int, sequence: Int = 0) -> [Float] {
    guard let head = head as? LabelsHead else {
      preconditionFailure(
        "Only a network with labels for its output predicts how probable they are.")
    }
    return head.logits(row: row(step: step, sequence: sequence))
  }

  private var softmaxHead: SoftmaxHead {
    guard let head = head as? SoftmaxHead else {
      preconditionFailure("Only a network with a softmax for its output has logits.")
    }
    return head
  }

  /// Steps that have an output.
  var outputSteps: Int { outputPass.steps }

  private func row(step: Int, sequence: Int) -> Int {
    let pass = outputPass
    precondition(
      step >= 0 && step < pass.steps && sequence >= 0 && sequence < pass.batch,
      "that step was not in the last batch")
    return pass.groups.row(step: step, sequence: sequence)
  }
}
