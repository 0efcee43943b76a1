internal import Refrain

/// What kind of file it is, by its first bytes.
///
/// It stands before libsndfile for two reasons: a reader that guesses takes some texts for MP3, and
/// none of the rare formats that it knows beside these should be open to files from anywhere.
enum SoundSignature: Equatable {
  /// One of the kinds of sound file that are read.
  case sound
  /// Something else that has a name.
  case other(String)
  /// Text, most likely, or anything.
  case unknown

  init(_ file: ByteFile) throws(FileError) {
    let start: [UInt8]
    do { start = try file.read(at: 0, count: min(file.size, 4096)) } catch {
      throw error as? FileError ?? .unreadable(path: file.path, code: 0)
    }
    if Self.isContainer(start) || ID3Tags.begin(start) || MPEGFrameHeader.begins(start) {
      self = .sound
    } else if let kind = Self.otherKinds.first(where: { Self.has($0.bytes, at: $0.offset, start) })
    {
      self = .other(kind.name)
    } else {
      self = .unknown
    }
  }

  private static func isContainer(_ bytes: [UInt8]) -> Bool {
    func begins(_ text: String) -> Bool { has(Array(text.utf8), at: 0, bytes) }
    func continues(_ text: String) -> Bool { has(Array(text.utf8), at: 8, bytes) }
    if begins("RIFF") || begins("RIFX") || begins("RF64") { return continues("WAVE") }
    if begins("FORM") { return continues("AIFF") || continues("AIFC") }
    if begins("fLaC") { return bytes.count > 4 && bytes[4] & 0x7F == 0 }
    if begins("OggS") { return bytes.count > 4 && bytes[4] == 0 }
    if begins("caff") { return bytes.count > 5 && bytes[4] == 0 && bytes[5] == 1 }
    // The length of an .au file's header, at least 24, is below 2^24 in any file.
    if begins(".snd") { return bytes.count > 7 && bytes[4] == 0 }
    return has(Array("riff".utf8) + [0x2E, 0x91, 0xCF, 0x11], at: 0, bytes)
  }

  private static func has(_ pattern: [UInt8], at offset: Int, _ bytes: [UInt8]) -> Bool {
    bytes.count >= offset + pattern.count && bytes[offset...].starts(with: pattern)
  }

  private static let otherKinds: [(name: String, offset: Int, bytes: [UInt8])] = [
    ("MIDI, which holds notes and no sound", 0, Array("MThd".utf8)),
    ("MPEG-4, as .m4a and .mp4 are", 4, Array("ftyp".utf8)),
    ("Windows Media, as .wma is", 0, [0x30, 0x26, 0xB2, 0x75]),
    ("Matroska, as .webm and .mkv are", 0, [0x1A, 0x45, 0xDF, 0xA3]),
    ("WavPack", 0, Array("wvpk".utf8)),
    ("Monkey's Audio", 0, Array("MAC ".utf8)),
    ("a PNG picture", 0, [0x89] + Array("PNG".utf8)),
    ("a JPEG picture", 0, [0xFF, 0xD8, 0xFF]),
    ("a PDF document", 0, Array("%PDF".utf8)),
    ("a zip archive", 0, Array("PK".utf8) + [3, 4]),
    ("compressed with gzip", 0, [0x1F, 0x8B]),
  ]
}
