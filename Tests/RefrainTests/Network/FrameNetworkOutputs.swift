import Foundation
import Refrain
import TestSupport

extension Workspace {
  /// The outputs of the network, in the order of ``ReferenceOutput/shown(_:size:)``.
  func outputs(step: Int, sequence: Int, _ output: ReferenceOutput) -> [Double] {
    switch output {
    case .softmax: return logits(step: step, sequence: sequence).map(Double.init)
    case .labels: return labels(step: step, sequence: sequence).map(Double.init)
    case .meanSquaredError: return frame(step: step, sequence: sequence).map(Double.init)
    case .mixture:
      let mixture = mixture(step: step, sequence: sequence)
      return (mixture.weights + mixture.means.joined() + mixture.deviations.joined())
        .map(Double.init)
    }
  }
}

extension ReferenceOutput {
  /// What a network shows of `outputs`: of a mixture the weights, the means and the deviations, of
  /// labels their probabilities.
  func shown(_ outputs: [Double], size: Int) -> [Double] {
    if self == .labels { return outputs.map { 1 / (1 + exp(-$0)) } }
    guard case .mixture(let components, _) = self else { return outputs }
    let width = components * (1 + 2 * size)
    var shown: [Double] = []
    for first in stride(from: 0, to: outputs.count, by: width) {
      let weights = outputs[first..<first + components].map { exp($0) }
      let total = weights.reduce(0, +)
      shown += weights.map { $0 / total }
      let deviations = first + components * (1 + size)
      shown += outputs[first + components..<deviations]
      shown += outputs[deviations..<first + width].map { (exp(2 * $0) + 1e-4).squareRoot() }
    }
    return shown
  }
}
