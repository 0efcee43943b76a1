extension Network {
  /// Takes over the parameters of another network of the same layers, whose vocabulary, dropout
  /// and noise may differ: rows of tokens that both have keep what they have learned, the others stay as they
  /// are.
  ///
  /// - Parameters:
  ///   - other: the network to take the parameters from.
  ///   - sources: for each token of this network the other's token whose rows it takes, or nil.
  /// - Throws: ``StartingPointError`` where the layers differ.
  public func takeParameters(from other: Network, sources: [Int32?]) throws {
    precondition(
      sources.count == description.inputSize && sources.count == description.outputSize,
      "there must be a source or nil for every token, and the tokens that go in come out")
    guard other.description.layersWithParameters == description.layersWithParameters else {
      throw StartingPointError.differentLayers(
        model: other.description.layersInWords, wanted: description.layersInWords)
    }
    // In the same order, though not always under the same names: dropout is a layer, too.
    for (tensor, theirTensor) in zip(layout.parameters.tensors, other.layout.parameters.tensors) {
      let theirs = other.values(of: theirTensor, in: other.parameters)
      if let axis = vocabularyAxis(of: tensor) {
        take(tensor, from: theirs, axis: axis, sources: sources)
      } else {
        set(tensor, in: parameters, to: theirs)
      }
    }
    takeStatistics(from: other)
  }

  /// Takes over all parameters of another network of frames, and what its batch normalisation has met;
  /// only dropout and noise may differ.
  ///
  /// - Throws: ``StartingPointError`` where anything else differs.
  public func takeParameters(from other: Network) throws {
    guard other.description.withParametersOnly == description.withParametersOnly else {
      throw StartingPointError.differentNetwork(
        model: other.description.learningPartsInWords, wanted: description.learningPartsInWords)
    }
    for (tensor, theirTensor) in zip(layout.parameters.tensors, other.layout.parameters.tensors) {
      set(tensor, in: parameters, to: other.values(of: theirTensor, in: other.parameters))
    }
    takeStatistics(from: other)
  }

  private func takeStatistics(from other: Network) {
    for (tensor, theirTensor) in zip(layout.statistics.tensors, other.layout.statistics.tensors) {
      set(tensor, in: statistics, to: other.values(of: theirTensor, in: other.statistics))
    }
  }

  /// Which axis of a parameter counts tokens: the rows of an embedding and of the output, the columns
  /// of the first layer's input weights.
  private func vocabularyAxis(of tensor: ParameterTensor) -> Int? {
    if tensor.name.hasPrefix("output.") { return 0 }
    if tensor.name == "layers.0.weight" && tensor.order == .table { return 0 }
    return tensor.name == "layers.0.weight_ih" ? 1 : nil
  }

  private func take(
    _ tensor: ParameterTensor, from theirs: [Float], axis: Int, sources: [Int32?]
  ) {
    var values = self.values(of: tensor, in: parameters)
    let tokens = sources.count
    let rest = values.count / tokens
    let theirTokens = theirs.count / rest
    for (token, source) in sources.enumerated() {
      guard let source = source.map(Int.init) else { continue }
      for i in 0..<rest {
        if axis == 0 {
          values[token * rest + i] = theirs[source * rest + i]
        } else {
          values[i * tokens + token] = theirs[i * theirTokens + source]
        }
      }
    }
    set(tensor, in: parameters, to: values)
  }
}

extension ModelDescription {
  /// The same network without dropout and noise.
  fileprivate var withParametersOnly: ModelDescription {
    ModelDescription(input: input, output: output, layers: layersWithParameters)
  }

  /// What learns, from the first layer to what comes out.
  fileprivate var learningPartsInWords: String {
    let frames = "frames of \(inputSize.grouped) values"
    return ([frames] + layersWithParameters.map(\.inWords) + [output.kind.inWords])
      .joined(separator: ", ")
  }

  /// The layers without dropout and noise, which have nothing to learn.
  fileprivate var layersWithParameters: [LayerDescription] {
    layers.filter { !$0.has(.isForTraining) }
  }
}

/// Why a model's weights cannot begin another.
public enum StartingPointError: SentenceError, Equatable {
  /// The layers are not the same.
  case differentLayers(model: String, wanted: String)
  /// The networks of frames are not the same.
  case differentNetwork(model: String, wanted: String)

  /// One sentence for a person.
  public var sentence: Sentence {
    switch self {
    case .differentLayers(let model, let wanted):
      return "The model to start from has the layers \(model), but \(wanted) were asked for; leave "
        + "out \(.cell), \(.hidden), \(.layers) and \(.embedding) to take the model's."
    case .differentNetwork(let model, let wanted):
      return "The model to start from is made of \(model), but \(wanted) were asked for; leave out "
        + "\(.cell), \(.hidden), \(.layers) and \(.components) to take the model's."
    }
  }
}
