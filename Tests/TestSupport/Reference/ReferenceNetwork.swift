/// A whole network from tokens or frames to the loss, to compare a fast one with.
///
/// Parameters are named `layers.K.…`, where K is the layer's position in the list, and `output.…`: those
/// of the output, which stands after all layers.
package struct ReferenceNetwork<Scalar: ReferenceScalar>: Equatable, Sendable {
  /// `V`, of the inputs; of frames the number of their values, `D`.
  package var vocabulary: Int
  /// The same of the outputs.
  package var outputs: Int
  package var layers: [ReferenceLayer<Scalar>]
  package var output: ReferenceOutput
  package var parameters: ReferenceTensors<Scalar>
  /// What batch normalisation has met: `layers.K.running_mean` and `layers.K.running_var`.
  package var statistics: ReferenceTensors<Scalar>
  /// `[N, D]`: the frames that a batch's tokens are numbers of, for a network that reads frames.
  package var frames: ReferenceTensor<Scalar>?
  /// `[M, outputs]`: those that its targets are numbers of, where they are not the same.
  package var targetFrames: ReferenceTensor<Scalar>?
  /// The numbers of the frames that begin a recording; the first always does.
  package var recordings: Set<Int>

  /// Without `statistics`, those of a network that has met nothing; without `outputs`, as many as inputs.
  package init(
    vocabulary: Int, layers: [ReferenceLayer<Scalar>], output: ReferenceOutput = .softmax,
    outputs: Int? = nil, parameters: ReferenceTensors<Scalar>,
    statistics: ReferenceTensors<Scalar>? = nil,
    frames: ReferenceTensor<Scalar>? = nil, targetFrames: ReferenceTensor<Scalar>? = nil,
    recordings: Set<Int> = []
  ) {
    self.vocabulary = vocabulary
    self.outputs = outputs ?? vocabulary
    self.layers = layers
    self.output = output
    self.parameters = parameters
    self.statistics = statistics ?? Self.noStatistics(vocabulary: vocabulary, layers: layers)
    self.frames = frames
    self.targetFrames = targetFrames
    self.recordings = recordings.union([0])
    precondition(
      parameters.mapValues(\.shape)
        == Self.shapes(
          vocabulary: vocabulary, layers: layers, output: output, outputs: self.outputs),
      "a network's parameters have the names and shapes that its layers ask for")
  }

  private static func noStatistics(
    vocabulary: Int, layers: [ReferenceLayer<Scalar>]
  ) -> ReferenceTensors<Scalar> {
    var statistics: ReferenceTensors<Scalar> = [:]
    var inputs = vocabulary
    for (k, layer) in layers.enumerated() {
      if case .batchNorm = layer {
        statistics["layers.\(k).running_mean"] = ReferenceTensor(zeros: [inputs])
        statistics["layers.\(k).running_var"] = ReferenceTensor(
          shape: [inputs], values: Array(repeating: 1, count: inputs))
      }
      inputs = layer.outputs(inputs: inputs)
    }
    return statistics
  }

  /// The shapes of all parameters by name.
  package static func shapes(
    vocabulary: Int, layers: [ReferenceLayer<Scalar>], output: ReferenceOutput = .softmax,
    outputs: Int? = nil
  ) -> [String: [Int]] {
    var shapes: [String: [Int]] = [:]
    var inputs = vocabulary
    for (k, layer) in layers.enumerated() {
      for (name, shape) in layer.shapes(inputs: inputs) { shapes["layers.\(k).\(name)"] = shape }
      inputs = layer.outputs(inputs: inputs)
    }
    for (name, shape) in output.shapes(inputs: inputs, outputs: outputs ?? vocabulary) {
      shapes["output." + name] = shape
    }
    return shapes
  }

  /// A state of zeros for each layer that keeps one, in order.
  package func zeroState(sequences: Int) -> [ReferenceState<Scalar>] {
    stateSizes.compactMap { $0.map { ReferenceState(zeros: sequences * $0) } }
  }

  /// Values of the state that each layer keeps of each sequence; nil for those that keep none.
  package var stateSizes: [Int?] {
    var inputs = vocabulary
    return layers.map { layer in
      defer { inputs = layer.outputs(inputs: inputs) }
      return layer.stateSize(inputs: inputs)
    }
  }

  package func converted<Other: ReferenceScalar>(to type: Other.Type) -> ReferenceNetwork<Other> {
    ReferenceNetwork<Other>(
      vocabulary: vocabulary, layers: layers.map { $0.converted(to: type) }, output: output,
      outputs: outputs, parameters: parameters.mapValues { $0.converted(to: type) },
      statistics: statistics.mapValues { $0.converted(to: type) },
      frames: frames?.converted(to: type), targetFrames: targetFrames?.converted(to: type),
      recordings: recordings)
  }
}
