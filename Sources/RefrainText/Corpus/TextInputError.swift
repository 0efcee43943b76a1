public import Refrain

/// Why a text cannot be read; every description is one sentence that names the input and says what
/// to do.
public enum TextInputError: SentenceError, Equatable {
  /// A folder, its folders included, without a file of text.
  case folderWithoutText(path: String)
  /// A file without a byte of text.
  case empty(path: String)
  /// Text of fewer than two tokens.
  case tooShort(path: String, element: String)
  /// Text of which the vocabulary that is given knows fewer than two tokens.
  case nothingKnown(path: String)
  /// More text than is read at once.
  case tooLong(path: String, bytes: Int)
  /// Text that repeats one token.
  case oneSymbol(path: String, symbol: String)
  /// A file that is not text.
  case binary(path: String)
  /// Text that is not UTF-8: more than one in a hundred of its characters, 0 to 1, the first in that line.
  case otherEncoding(path: String, line: Int, share: Double)
  /// Compressed data that is damaged or ends too early.
  case brokenGzip(path: String, reason: String)
  /// An input that can be read only once, and no folder to keep it in.
  case needsSpoolFolder(path: String)
  /// The copy of an input that can be read only once cannot be written.
  case cannotWrite(path: String, reason: String)

  /// One sentence.
  public var sentence: Sentence {
    switch self {
    case .folderWithoutText(let path):
      "The folder \(path) holds no text: name another folder, or the files themselves."
    case .empty(let path): "\(path) is empty: give a text with at least two characters."
    case .tooShort(let path, let element):
      "\(path) holds fewer than two \(element)s, too few to learn from: give a longer text."
    case .nothingKnown(let path):
      "\(path) holds next to nothing that the vocabulary knows: give a text like the one that the "
        + "model was trained on."
    case .tooLong(let path, let bytes):
      "\(path) holds more than \(bytes >> 20) MB of text, too much to be read at once: give a shorter text."
    case .oneSymbol(let path, let symbol):
      "\(path) contains only \(symbol), so there is nothing to learn: give a text with at least "
        + "two different symbols."
    case .binary(let path):
      "\(path) is not text: name a text file, or read it as bytes with \(.tokens) byte."
    case .otherEncoding(let path, let line, let share):
      "\(path) is not UTF-8 (\(Int((100 * share).rounded())) % of its characters cannot be read, the first in "
        + "line \(line)): convert it from its encoding, for instance with iconv -f WINDOWS-1252 -t UTF-8, or read "
        + "it as bytes with \(.tokens) byte."
    case .brokenGzip(let path, let reason):
      "\(path) cannot be decompressed (\(reason)): get the file again, or decompress it with gzip."
    case .needsSpoolFolder(let path):
      "\(path) can be read only once and there is no folder to keep its text in: save it as a "
        + "UTF-8 text file first."
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written (\(reason)): make room, or choose another folder."
    }
  }
}
