/// A whole network from tokens or frames to the loss, to compare a fast one with.
///
/// Parameters are named `layers.K.…`, where K is the layer's position in the list, and `output.…`: those
/// of the output, which stands after all layers.
package struct TwinNetwork<Scalar: TwinScalar>: Equatable, Sendable {
  /// `V`, of the inputs and the outputs; of frames the number of their values, `D`.
  package var vocabulary: Int
  package var layers: [TwinLayer<Scalar>]
  package var output: TwinOutput
  package var parameters: TwinTensors<Scalar>
  /// What batch normalisation has met: `layers.K.running_mean` and `layers.K.running_var`.
  package var statistics: TwinTensors<Scalar>
  /// `[N, D]`: the frames that a batch's tokens and targets are numbers of, for a network of frames.
  package var frames: TwinTensor<Scalar>?
  /// The numbers of the frames that begin a recording; the first always does.
  package var recordings: Set<Int>

  /// Without `statistics`, those of a network that has met nothing.
  package init(
    vocabulary: Int, layers: [TwinLayer<Scalar>], output: TwinOutput = .softmax,
    parameters: TwinTensors<Scalar>, statistics: TwinTensors<Scalar>? = nil,
    frames: TwinTensor<Scalar>? = nil, recordings: Set<Int> = []
  ) {
    self.vocabulary = vocabulary
    self.layers = layers
    self.output = output
    self.parameters = parameters
    self.statistics = statistics ?? Self.noStatistics(vocabulary: vocabulary, layers: layers)
    self.frames = frames
    self.recordings = recordings.union([0])
    precondition(
      parameters.mapValues(\.shape)
        == Self.shapes(vocabulary: vocabulary, layers: layers, output: output),
      "a network's parameters have the names and shapes that its layers ask for")
  }

  private static func noStatistics(
    vocabulary: Int, layers: [TwinLayer<Scalar>]
  ) -> TwinTensors<Scalar> {
    var statistics: TwinTensors<Scalar> = [:]
    var inputs = vocabulary
    for (k, layer) in layers.enumerated() {
      if case .batchNorm = layer {
        statistics["layers.\(k).running_mean"] = TwinTensor(zeros: [inputs])
        statistics["layers.\(k).running_var"] = TwinTensor(
          shape: [inputs], values: Array(repeating: 1, count: inputs))
      }
      inputs = layer.outputs(inputs: inputs)
    }
    return statistics
  }

  /// The shapes of all parameters by name.
  package static func shapes(
    vocabulary: Int, layers: [TwinLayer<Scalar>], output: TwinOutput = .softmax
  ) -> [String: [Int]] {
    var shapes: [String: [Int]] = [:]
    var inputs = vocabulary
    for (k, layer) in layers.enumerated() {
      for (name, shape) in layer.shapes(inputs: inputs) { shapes["layers.\(k).\(name)"] = shape }
      inputs = layer.outputs(inputs: inputs)
    }
    for (name, shape) in output.shapes(inputs: inputs, outputs: vocabulary) {
      shapes["output." + name] = shape
    }
    return shapes
  }

  /// A state of zeros for each recurrent layer, in order.
  package func zeroState(sequences: Int) -> [TwinState<Scalar>] {
    layers.compactMap { layer in layer.hidden.map { TwinState(zeros: sequences * $0) } }
  }

  package func converted<Other: TwinScalar>(to type: Other.Type) -> TwinNetwork<Other> {
    TwinNetwork<Other>(
      vocabulary: vocabulary, layers: layers.map { $0.converted(to: type) }, output: output,
      parameters: parameters.mapValues { $0.converted(to: type) },
      statistics: statistics.mapValues { $0.converted(to: type) },
      frames: frames?.converted(to: type), recordings: recordings)
  }
}
