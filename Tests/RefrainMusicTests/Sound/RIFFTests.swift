import Foundation
import RefrainMusic
import Testing

@Suite("WAV files with lists of texts", .timeLimit(.minutes(1)))
struct RIFFTests {
  private let folder: TestFolder
  init() throws { folder = try TestFolder() }

  /// Such a list, alone, keeps libsndfile 1.2 reading for ever.
  private static let endless = list(type: "INFO", [chunk("ISFT", [], length: 0xE8CF_09CA)])

  @Test func aListThatLibsndfileNeverEndsIsPassedOver() throws {
    let tone = sine(440, sampleRate: 22_050, seconds: 0.1)
    for (index, tags) in [[], Self.tag, Self.tag + Self.tag].enumerated() {
      let path = try folder.write(tags + Self.wav(tone, before: Self.endless), "\(index).wav")
      let (recording, report) = try Recording.read(path)
      #expect(recording.frameCount == tone.count && report.oddities.isEmpty)
      #expect(try SoundFile.tags(path) == SoundTags())
    }
  }

  /// Found by `Fuzz/run`.
  @Test func aListThatIsTheWholeFileIsPassedOver() throws {
    let found: [UInt8] = [
      0x52, 0x49, 0x46, 0x46, 0x74, 0x03, 0x00, 0x00, 0x57, 0x41, 0x56, 0x45, 0x66, 0x6D, 0x74,
      0x20, 0x10, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x40, 0x1F, 0x00, 0x00, 0x80, 0x3E,
      0x00, 0x00, 0x02, 0x00, 0x10, 0x00, 0x4C, 0x49, 0x53, 0x54, 0x28, 0x01, 0x00, 0x00, 0x49,
      0x4E, 0x46, 0x4F, 0x49, 0x53, 0x46, 0x54, 0x1C, 0x00, 0x00, 0x00, 0x52, 0x65, 0x74, 0x61,
      0x20, 0x03, 0x12, 0xC4, 0xCA, 0x09, 0xCF, 0xE8, 0xD3, 0x52, 0x00, 0x00, 0x00, 0x00, 0x00,
      0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFE, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00,
      0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xF7, 0xFF, 0xFF, 0xFF, 0xFF, 0x31, 0x0F, 0x02, 0x16,
    ]
    for tags in [[], Self.tag] {
      let path = try folder.write(tags + found, "found.wav")
      #expect(throws: SoundError.self) { try Recording.read(path) }
      #expect(throws: SoundError.self) { try SoundFile.tags(path) }
    }
  }

  @Test func tagAfterTagIsRefused() throws {
    let tags = (0..<200).flatMap { _ in Self.tag }
    let path = try folder.write(tags + Self.wav([0, 0.5], before: Self.endless), "tags.wav")
    #expect(throws: SoundError.damaged(path: path, reason: "it begins with tag after tag")) {
      try Recording.read(path)
    }
  }

  @Test func textsAreReadWhereverTheirListIs() throws {
    let latin = Array("Abendst".utf8) + [0xFC] + Array("ck\0".utf8)
    let texts = Self.list(
      type: "INFO", [Self.chunk("IART", [65]), Self.chunk("INAM", latin), Self.chunk("ICMT", [66])])
    let labels = Self.list(type: "adtl", [Self.chunk("labl", [1, 0, 0, 0, 67, 0])])
    let tone = sine(440, sampleRate: 22_050, seconds: 0.1)
    let files = [
      Self.wav(tone, before: labels + texts), Self.wav(tone, after: texts + labels),
      Self.tag + Self.wav(tone, after: texts),
    ]
    for (index, bytes) in files.enumerated() {
      let path = try folder.write(bytes, "\(index).wav")
      #expect(try SoundFile.tags(path) == SoundTags(title: "Abendstück", comment: "B"))
      #expect(try Recording.read(path).report.oddities.isEmpty)
    }
  }

  @Test("A file that says its lengths in eight bytes", arguments: [0, 1000, Int64.max])
  func longLengths(missing: Int64) throws {
    let tone = sine(440, sampleRate: 22_050, seconds: 0.1)
    let plain = WAVBytes(channels: [tone]).bytes
    let sound = Array(plain[44...])
    let texts = Self.list(type: "INFO", [Self.chunk("INAM", Array("Dawn".utf8))])
    let promised = Int64(sound.count).addingReportingOverflow(missing).partialValue.magnitude
    let lengths =
      Self.little(0) + Self.little(0) + Self.little(Int(promised & 0xFFFF_FFFF))
      + Self.little(Int(promised >> 32)) + [UInt8](repeating: 0, count: 12)
    let open = Self.little(Int(UInt32.max))
    let body =
      Array("WAVE".utf8) + Self.chunk("ds64", lengths) + plain[12..<36] + texts
      + Array("data".utf8) + open + sound
    let path = try folder.write(Array("RF64".utf8) + open + body, "long.wav")
    #expect(try SoundFile.tags(path) == SoundTags(title: "Dawn"))
    let (recording, report) = try Recording.read(path)
    #expect(recording.frameCount == tone.count)
    #expect(report.oddities.isEmpty == (missing == 0), "\(report.oddities)")
  }

  @Test func samplesMaySpellTheListsName() throws {
    let spelled = Array("LIST".utf8).map { (Double($0) - 128) / 128 }
    let samples = (0..<40_000).flatMap { _ in spelled }
    let path = try folder.write(
      WAVBytes(samples: .int8, channels: [samples]).bytes, "spelled.wav")
    #expect(try Recording.read(path).recording.channels[0] == samples.map { Float($0) })
  }

  /// An ID3 tag of 30 bytes.
  private static let tag =
    Array("ID3".utf8) + [3, 0, 0, 0, 0, 0, 20] + [UInt8](repeating: 0, count: 20)

  private static func wav(
    _ tone: [Double], before: [UInt8] = [], after: [UInt8] = []
  ) -> [UInt8] {
    let plain = WAVBytes(channels: [tone]).bytes
    // The format's chunk ends after 36 bytes.
    let body = plain[8..<36] + before + plain[36...] + after
    return Array("RIFF".utf8) + little(body.count) + body
  }

  private static func list(type: String, _ chunks: [[UInt8]]) -> [UInt8] {
    chunk("LIST", Array(type.utf8) + chunks.flatMap { $0 })
  }

  /// - Parameter length: what the chunk says about its length; nil: the truth.
  private static func chunk(_ name: String, _ content: [UInt8], length: Int? = nil) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: content.count % 2)
    return Array(name.utf8) + little(length ?? content.count) + content + padding
  }

  private static func little(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
