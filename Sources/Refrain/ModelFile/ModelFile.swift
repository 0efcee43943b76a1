import Foundation

/// One file that holds everything needed to use a model and to go on training it: a safetensors file
/// that any reader of that format can open.
///
/// Parameters stand under their names (``Network/parameterNames``), what batch normalisation has met under
/// `layers.LAYER.running_mean` and `running_var`, the optimizer's moments under `optimizer.MOMENT.NAME`, the
/// training's state under `state.LAYER.INDEX`. The description, the vocabulary, the configuration and the
/// progress are JSON texts in the header.
public struct ModelFile: Sendable {
  /// The network.
  public let network: Network
  /// The table between tokens and indices, if the network reads text.
  public let vocabulary: Vocabulary?
  /// Where the training stood; nil in a file that is for use only.
  public let training: TrainingCheckpoint?
  /// Further texts, as where the training text lay.
  public let information: [String: String]

  /// The newest version of the format.
  public static let newestVersion = 2

  /// The version of the format. In version 2, texts are read and begun by the second rules
  /// (``/RefrainVocabulary/Vocabulary/Rules``); every other model is of version 1, which earlier programs read.
  public var version: Int { vocabulary?.rules.rawValue ?? 1 }

  /// A model to be written.
  public init(
    network: Network, vocabulary: Vocabulary? = nil, training: TrainingCheckpoint? = nil,
    information: [String: String] = [:]
  ) {
    self.network = network
    self.vocabulary = vocabulary
    self.training = training
    self.information = information
  }

  /// Names of texts in the header.
  enum Key {
    static let version = "refrain"
    static let description = "description"
    static let vocabulary = "vocabulary"
    static let configuration = "configuration"
    static let limits = "limits"
    static let progress = "progress"
    static let informationPrefix = "information."
  }

  // MARK: - Writing

  /// Writes the file beside its place, synced, and then moves it there: whatever happens, the old file
  /// or the new one is whole.
  ///
  /// - Throws: ``/RefrainFiles/FileError``.
  public func write(to path: String) throws {
    try DurableFile.write(try encoded(), to: path)
  }

  /// The file's bytes.
  public func encoded() throws -> [UInt8] {
    var file = SafeTensors()
    file.metadata[Key.version] = String(version)
    file.metadata[Key.description] = try Self.json(network.description)
    if let vocabulary { file.metadata[Key.vocabulary] = try Self.json(vocabulary) }
    for (key, value) in information { file.metadata[Key.informationPrefix + key] = value }
    for (layout, flat) in network.savedTensors {
      for tensor in layout.tensors {
        file.tensors.append(
          .init(
            name: tensor.name, shape: tensor.shape,
            floats: network.values(of: tensor, in: flat)))
      }
    }
    if let training { try append(training, to: &file) }
    return file.encoded(hashed: true)
  }

  private func append(_ training: TrainingCheckpoint, to file: inout SafeTensors) throws {
    file.metadata[Key.configuration] = try Self.json(training.configuration)
    file.metadata[Key.limits] = try Self.json(training.limits)
    file.metadata[Key.progress] = try Self.json(training.progress)
    for moment in training.moments {
      for (tensor, values) in zip(network.layout.parameters.tensors, moment.values) {
        file.tensors.append(
          .init(
            name: Self.momentName(moment.name, tensor.name), shape: tensor.shape,
            floats: values))
      }
    }
    for vector in training.state.vectors {
      file.tensors.append(
        .init(
          name: Self.stateName(vector.layer, vector.index),
          shape: [training.state.batch, vector.hidden], floats: vector.values))
    }
  }

  static func momentName(_ moment: String, _ parameter: String) -> String {
    "optimizer.\(moment).\(parameter)"
  }

  static func stateName(_ layer: Int, _ index: Int) -> String { "state.\(layer).\(index)" }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Network {
  /// Everything that a model file holds of a network: tensors, and where their values lie.
  var savedTensors: [(layout: TensorLayout, flat: Panels)] {
    [(layout.parameters, parameters), (layout.statistics, statistics)]
  }
}
