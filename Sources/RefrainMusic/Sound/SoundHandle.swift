internal import CSndfile
internal import Foundation
internal import Refrain

/// A sound file that libsndfile has open, closed when nothing refers to it.
final class SoundHandle {
  let pointer: OpaquePointer
  let info: SF_INFO
  /// What the container's own lengths say, where it is RIFF or AIFF.
  let chunks: SoundChunks?
  private let riff: RIFFSource?

  /// Opens the file at `path` for reading.
  ///
  /// - Throws: ``SoundError`` if it is missing, unreadable, no sound file or damaged.
  init(reading path: String) throws(SoundError) {
    let file = try SoundFile.open(path)
    let signature: SoundSignature
    let start: Int?
    do {
      signature = try SoundSignature(file)
      start = try ID3Tags.end(in: file)
      chunks = try SoundChunks(file, from: start ?? 0)
      riff = try RIFFSource(file, from: start ?? 0)
    } catch { throw SoundError.unreadable(path: path, reason: "the system refuses to read it") }
    switch signature {
    case .sound: break
    case .other(let kind): throw .notSound(path: path, kind: kind)
    case .unknown: throw .notSound(path: path, kind: nil)
    }
    guard start != nil else { throw .damaged(path: path, reason: "it begins with tag after tag") }
    var info = SF_INFO()
    let opened: OpaquePointer?
    if let riff {
      opened = riff.open(&info)
      riff.hidesLists = false
    } else {
      // By descriptor: libsndfile takes the name's extension for a hint, and could take any file with
      // some of them for sound.
      let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemReason()) }
      // It is libsndfile's from here on: where it cannot open the file, it closes the descriptor even if
      // it was told not to.
      opened = sf_open_fd(descriptor, Int32(SFM_READ), &info, 1)
    }
    guard let pointer = opened else {
      throw .damaged(path: path, reason: Self.reason(nil))
    }
    self.pointer = pointer
    self.info = info
  }

  deinit { sf_close(pointer) }

  /// What went wrong last, in libsndfile's words; nil: nothing did.
  var problem: String? { sf_error(pointer) == 0 ? nil : Self.reason(pointer) }

  /// A title that the file carries.
  var title: String? { chunks?.texts["INAM"].map(Self.text) ?? string(SF_STR_TITLE) }

  /// A comment that the file carries.
  var comment: String? { chunks?.texts["ICMT"].map(Self.text) ?? string(SF_STR_COMMENT) }

  private func string(_ kind: Int) -> String? {
    guard let text = sf_get_string(pointer, Int32(kind)) else { return nil }
    return Self.text(
      UnsafeBufferPointer(start: text, count: strlen(text)).map(UInt8.init(bitPattern:)))
  }

  private static func text(_ bytes: [UInt8]) -> String {
    // What is no UTF-8 is Latin-1, the other encoding of the tags in an MP3.
    String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// libsndfile's last error, as the middle of a sentence.
  ///
  /// - Parameter pointer: an open file; nil: one that could not be opened.
  static func reason(_ pointer: OpaquePointer?) -> String {
    let text = String(cString: sf_strerror(pointer))
    // What it says, of a file that is open, where the decoder of MP3 finds nothing.
    if pointer == nil, text.hasPrefix("File does not exist") {
      return "nothing in it can be decoded"
    }
    let words = text.split(separator: " : ", maxSplits: 1).last.map(String.init) ?? text
    let trimmed = words.trimmingCharacters(in: CharacterSet(charactersIn: " .\n"))
    let isName = trimmed.dropFirst().first?.isUppercase ?? false
    return isName ? trimmed : trimmed.prefix(1).lowercased() + trimmed.dropFirst()
  }
}

/// What an error of the system means, the last one unless another is named, in its words.
func systemReason(_ code: Int32 = errno) -> String { String(cString: strerror(code)).lowercased() }
