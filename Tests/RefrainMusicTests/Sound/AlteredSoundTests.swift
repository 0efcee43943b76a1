import Foundation
import RefrainMusic
import TestSupport
import Testing

/// Sound files that something happened to, or somebody.
///
/// They are read as the project reads them, block by block: the sound of a small compressed file can be
/// of any length, and `Recording.read` asks how long it may be. Beside its blocks, memory holds what a
/// decoder needs: its tables, and a few packets.
struct AlteredSoundTests {
  /// Bytes that a decoder may need for itself. FLAC's asks for a piece of information (a picture, say) as
  /// a whole before it reads it, and the format lets that have 16 MiB.
  private static func decoder(_ format: SoundFormat) -> Int {
    switch format {
    case .wav, .aiff: 0
    case .flac: 16 << 20
    case .ogg, .opus, .mp3: 4 << 20
    }
  }

  @Test(arguments: SoundFormat.allCases)
  func soundsAreReadOrRefused(_ format: SoundFormat) throws {
    let folder = try TestFolder()
    let whole = try Self.sound(format, in: folder)
    var alteration = Alteration(seed: 11)
    var read = 0
    for round in 0..<TestLength.count(short: 60, long: 340) {
      let altered = alteration.next(whole)
      let path = try folder.write(altered, "altered.\(format.rawValue)")
      let reading = ForeignReading { try Self.readAll(path) }
      let fault = reading.fault(size: altered.count, allowance: Self.decoder(format))
      #expect(fault == nil, "round \(round)")
      if reading.isRead { read += 1 }
    }
    #expect(read > 0)
  }

  /// A thousand channels are two kilobytes a sample.
  @Test(arguments: [0.0..<1.0, 0.5..<1.0])
  func manyChannelsTakeNoLargerBlocks(_ seconds: Range<Double>) throws {
    let folder = try TestFolder()
    let sound = WAVBytes(sampleRate: 4000, channels: [[Double]](repeating: [0, 0.1], count: 1000))
    let path = try folder.write(sound.bytes, "wide.wav")
    let reading = ForeignReading {
      _ = try Recording.read(path, seconds: seconds, sampleRate: 22_050, layout: .mono)
    }
    #expect(reading.largest <= 2 * sound.bytes.count + 1 << 20, "\(reading.largest)")
  }

  /// What reading may do with a file: its tags, and every sample.
  private static func readAll(_ path: String) throws {
    _ = try SoundFile.tags(path)
    var reader = try SoundReader(path: path)
    var block = [Float](repeating: 0, count: max(16_384, reader.channelCount))
    // An hour at the highest rate: no file of these few bytes should be longer, and a decoder could be
    // caught in one.
    var rest = 3600 * SoundFile.sampleRates.upperBound / 4096
    while reader.read(into: &block) > 0, rest > 0 { rest -= 1 }
  }

  private static func sound(_ format: SoundFormat, in folder: TestFolder) throws -> [UInt8] {
    let path = folder.path + "/whole.\(format.rawValue)"
    // Not a plain tone, so that every part of a packed file is of about the same size.
    let sound = (0..<22_050).map { index in
      let time = Double(index) / 22_050
      return Float(0.3 * sin(2 * .pi * (300 + 400 * time) * time) + 0.1 * sin(9000 * time))
    }
    try Recording(sampleRate: 22_050, channels: [sound, sound.reversed()]).write(to: path)
    return try bytes(of: path)
  }
}
