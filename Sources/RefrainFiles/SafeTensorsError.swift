/// Why a safetensors file was refused: one sentence that names the file, says what is wrong with
/// it, and what to do.
public enum SafeTensorsError: Error, Equatable, CustomStringConvertible {
  /// The file is too short to hold even the length of its header.
  case tooShort(path: String, size: Int)

  /// The first eight bytes announce a header longer than any reader takes.
  case headerTooLong(path: String, length: UInt64)

  /// The file has fewer bytes than its header, or the length of its header, promises.
  case cutShort(path: String, promised: Int, size: Int)

  /// The file goes on after its last tensor.
  case tooLong(path: String, promised: Int, size: Int)

  /// The header breaks the format's rules at byte `offset` of the file.
  case malformedHeader(path: String, offset: Int, problem: String)

  /// The header describes a tensor that cannot be: its type, its shape and its place in the file
  /// do not fit together.
  case badTensor(path: String, tensor: String, problem: String)

  /// The file does not have the hash that stands in it.
  case altered(path: String, stored: String, computed: FileHash)

  /// The file has no hash, and one was asked for.
  case unhashed(path: String)

  /// A tensor's elements are of another type than the one asked for.
  case wrongType(tensor: String, expected: SafeTensors.DType, found: SafeTensors.DType)

  /// The sentence for whoever has to put it right.
  public var description: String {
    switch self {
    case .tooShort(let path, let size):
      "\(path) is not a safetensors file: it has \(size.grouped) bytes, and even an empty one has "
        + "10; check the name, or copy the file again"
    case .headerTooLong(let path, let length):
      "\(path) is not a safetensors file: it begins with a header length of \(length.grouped), "
        + "and no header is longer than \(SafeTensors.longestHeader.grouped); check the name"
    case .cutShort(let path, let promised, let size):
      "\(path) is cut short: its header promises \(promised.grouped) bytes and the file has "
        + "\(size.grouped); copy it again or use an older model file"
    case .tooLong(let path, let promised, let size):
      "\(path) is longer than its header says: \(promised.grouped) bytes are described and the "
        + "file has \(size.grouped); copy it again or use an older model file"
    case .malformedHeader(let path, let offset, let problem):
      "\(path) has a damaged header: at byte \(offset.grouped) \(problem); "
        + "copy it again or use an older model file"
    case .badTensor(let path, let tensor, let problem):
      "\(path) is damaged: its tensor \(tensor.quoted) \(problem); "
        + "copy it again or use an older model file"
    case .altered(let path, let stored, let computed):
      "\(path) has been altered since it was written: it says its hash is \(stored.quoted) and it "
        + "is “\(computed)”; copy it again or use an older model file"
    case .unhashed(let path):
      "\(path) has no hash, so that damage to it could not be noticed; use a file that Refrain "
        + "wrote, or write this one again with Refrain"
    case .wrongType(let tensor, let expected, let found):
      "the tensor \(tensor.quoted) holds \(found.rawValue) where \(expected.rawValue) is needed; "
        + "use a model file with that type, or convert this one"
    }
  }
}
