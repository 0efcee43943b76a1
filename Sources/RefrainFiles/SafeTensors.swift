/// A file of named tensors in the safetensors format, which every machine-learning library reads.
///
/// ```swift
/// var file = SafeTensors(tensors: [.init(name: "weight", shape: [2, 3], floats: weights)])
/// file.metadata["made by"] = "me"
/// try DurableFile.write(file.encoded(), to: "weights.safetensors")
/// let weights = try SafeTensors(contentsOf: "weights.safetensors")["weight"]?.floats()
/// ```
public struct SafeTensors: Sendable {
  /// Free text beside the tensors.
  ///
  /// The key `hash` belongs to the file's own hash: reading takes it out, and a hashed file is
  /// written with its own.
  public var metadata: [String: String]

  /// The tensors; after reading in the order of the file.
  public var tensors: [Tensor]

  /// What was odd about the file that was read, though not wrong: a sentence each.
  public internal(set) var warnings: [String] = []

  /// The hash that stood in the file, and was right; `nil` if the file has none or was never read.
  public internal(set) var hash: FileHash?

  /// A file with these contents.
  public init(metadata: [String: String] = [:], tensors: [Tensor] = []) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// The tensor called `name`, if there is one.
  public subscript(name: String) -> Tensor? {
    tensors.first { $0.name == name }
  }

  /// The metadata's key for the file's own hash.
  static let hashKey = "hash"

  /// The header's key for the metadata; no tensor can have this name.
  static let metadataKey = "__metadata__"

  /// The longest header that any reader of the format takes.
  static let longestHeader = 100_000_000

  /// More tensors than any model has; a header that lists more is an attack on its reader.
  static let mostTensors = 100_000

  /// As many dimensions as numpy's arrays can have.
  static let mostDimensions = 64
}

extension SafeTensors: Equatable {
  /// Whether both say the same: their metadata and their tensors in order. How they came about,
  /// warnings and hash, does not count.
  public static func == (left: SafeTensors, right: SafeTensors) -> Bool {
    left.metadata == right.metadata && left.tensors == right.tensors
  }
}

extension SafeTensors {
  /// What is asked of the hash in a file that is read.
  public enum HashRule: Sendable {
    /// A file without a hash is refused.
    case required
    /// A file without a hash is taken for one that another program made.
    case ifPresent
  }
}
