import Foundation

extension ModelFile {
  /// Reads a model file and checks every part of it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - cells: the user's own units that the network may contain.
  /// - Throws: ``/RefrainFiles/FileError``, ``/RefrainFiles/SafeTensorsError``, ``ModelFileError`` or
  ///   ``ModelDescriptionError``.
  public init(contentsOf path: String, cells: [CustomCell] = []) throws {
    let file = try SafeTensors(contentsOf: path, hash: .ifPresent)
    guard let version = file.metadata[Key.version] else {
      throw ModelFileError.notAModel(path: path)
    }
    guard (1...Self.newestVersion).contains(where: { String($0) == version }) else {
      throw ModelFileError.newerVersion(path: path, version: version)
    }
    // A file of ours always has a hash; without one it has been altered.
    if file.hash == nil { throw SafeTensorsError.unhashed(path: path) }
    let reader = ModelFileReader(file: file, path: path)
    let description = try reader.decode(ModelDescription.self, Key.description)
    // The shapes are compared before anything of their size is allocated.
    let layout = try ParameterLayout(description, cells: cells)
    for tensor in layout.parameters.tensors + layout.statistics.tensors {
      _ = try reader.tensor(tensor.name, shape: tensor.shape)
    }
    network = try Network(description, cells: cells)
    for (layout, flat) in network.savedTensors {
      for tensor in layout.tensors {
        let values = try reader.tensor(tensor.name, shape: tensor.shape).floats()
        network.set(tensor, in: flat, to: values)
      }
    }
    vocabulary =
      file.metadata[Key.vocabulary] == nil
      ? nil : try reader.decode(Vocabulary.self, Key.vocabulary)
    if let vocabulary { try reader.check(vocabulary, description) }
    training =
      file.metadata[Key.progress] == nil ? nil : try reader.training(description, layout, cells)
    var information: [String: String] = [:]
    for (key, value) in file.metadata where key.hasPrefix(Key.informationPrefix) {
      information[String(key.dropFirst(Key.informationPrefix.count))] = value
    }
    self.information = information
  }
}

/// Reads the parts of a model file.
private struct ModelFileReader {
  private let metadata: [String: String]
  private let tensors: [String: SafeTensors.Tensor]
  private let path: String

  init(file: SafeTensors, path: String) {
    metadata = file.metadata
    // No name stands twice in a file that could be read.
    tensors = Dictionary(file.tensors.map { ($0.name, $0) }) { first, _ in first }
    self.path = path
  }

  /// Every token goes in, and every one may come out.
  func check(_ vocabulary: Vocabulary, _ description: ModelDescription) throws {
    if description.readsFrames || description.predictsFrames {
      throw ModelFileError.damaged(
        path: path, what: "it has a vocabulary, and the network reads or outputs something else")
    }
    for size in [description.inputSize, description.outputSize] where size != vocabulary.count {
      throw ModelFileError.damaged(
        path: path,
        what: "the vocabulary has \(vocabulary.count) tokens and the network \(size)")
    }
  }

  func decode<Value: Decodable>(_ type: Value.Type, _ key: String) throws -> Value {
    guard let text = metadata[key] else {
      throw ModelFileError.damaged(path: path, what: "its \(key) is missing")
    }
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw ModelFileError.damaged(path: path, what: "its \(key) cannot be read")
    }
  }

  func tensor(_ name: String, shape: [Int]) throws -> SafeTensors.Tensor {
    guard let tensor = tensors[name] else {
      throw ModelFileError.damaged(path: path, what: "the tensor \(name) is missing")
    }
    guard tensor.shape == shape else {
      throw ModelFileError.damaged(
        path: path, what: "the tensor \(name) has the shape \(tensor.shape) instead of \(shape)")
    }
    guard tensor.dtype == .f32 else {
      throw ModelFileError.damaged(path: path, what: "the tensor \(name) is not of type F32")
    }
    return tensor
  }

  func training(
    _ description: ModelDescription, _ layout: ParameterLayout, _ cells: [CustomCell]
  ) throws -> TrainingCheckpoint {
    let configuration = try decode(TrainingConfiguration.self, ModelFile.Key.configuration)
    let limits = try decode(TrainingLimits.self, ModelFile.Key.limits)
    let progress = try decode(TrainingProgress.self, ModelFile.Key.progress)
    do {
      try configuration.check()
      try limits.check()
      try progress.check()
    } catch let error as TrainingConfigurationError {
      throw ModelFileError.damaged(
        path: path, what: "its training is impossible (\(error.description.dropLast()))")
    }
    let moments = try configuration.optimizer.momentNames.map { name in
      TrainingCheckpoint.Moment(
        name: name,
        values: try layout.parameters.tensors.map {
          try tensor(ModelFile.momentName(name, $0.name), shape: $0.shape).floats()
        })
    }
    var vectors: [State.Vector] = []
    try description.input.forEach(of: description.layers, cells: cells) { index, kind, place in
      for (vector, size) in try kind.stateSizes(place).enumerated() {
        let values = try tensor(
          ModelFile.stateName(index, vector), shape: [configuration.batchSize, size])
        vectors.append(
          .init(layer: index, index: vector, hidden: size, values: try values.floats()))
      }
    }
    return TrainingCheckpoint(
      configuration: configuration, limits: limits, progress: progress, moments: moments,
      state: State(batch: configuration.batchSize, vectors: vectors))
  }
}

/// Why a file cannot be used as a model.
public enum ModelFileError: SentenceError, Equatable {
  /// A safetensors file, but not one of Refrain's.
  case notAModel(path: String)
  /// Written by a newer version of Refrain.
  case newerVersion(path: String, version: String)
  /// A part is missing or does not fit.
  case damaged(path: String, what: String)
  /// The file is for use only.
  case notTrainable(path: String)

  /// One sentence for a person.
  public var sentence: Sentence {
    switch self {
    case .notAModel(let path):
      return "\(path) is a safetensors file, but not a model of Refrain's; name a run folder or "
        + "one of its model files."
    case .newerVersion(let path, let version):
      return
        "\(path) has version \(version.quoted) of the model format, which this Refrain does not "
        + "know; use a newer Refrain."
    case .damaged(let path, let what):
      return "\(path) cannot be used as a model: \(what); use another model file of the run."
    case .notTrainable(let path):
      return "\(path) holds no training to go on with; use \(.startFrom) to begin with its weights."
    }
  }
}
