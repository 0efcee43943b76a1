import Foundation
import RefrainMusic
import Testing

struct SoundWriterTests {
  private let folder: TestFolder
  init() throws { folder = try TestFolder() }

  @Test(arguments: SoundFormat.allCases, [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000])
  func aToneComesBack(_ format: SoundFormat, _ rate: Int) throws {
    let path = folder.path + "/tone.\(format.rawValue)"
    let tone = sine(440, sampleRate: rate, seconds: 1.01).map { Float($0) }
    let sound = Recording(sampleRate: rate, channels: [tone, tone.map { -$0 }])
    let written = try sound.write(to: path)
    #expect(written.clippedSamples == 0 && written.notNumbers == 0)
    #expect(abs(written.seconds - 1.01) < 1e-3)

    let reader = try SoundReader(path: path)
    #expect(reader.channelCount == 2)
    #expect(reader.sampleRate == written.sampleRate)
    #expect(written.sampleRate == expectedRate(format, rate))
    #expect(reader.format == expectedWords(format))

    let back = try Recording.read(path, sampleRate: rate, layout: .stereo)
    #expect(back.report.oddities.isEmpty, "\(back.report.sentence)")
    let isLossy = [SoundFormat.ogg, .opus, .mp3].contains(format)
    // 40 ms of silence follow in Opus.
    let silence = format == .opus ? rate / 25 : 0
    #expect(abs(back.recording.frameCount - tone.count - silence) <= 4)
    for (channel, sign) in zip(back.recording.channels, [1.0, -1.0]) {
      let fit = channel.compared(toSine: 440, sampleRate: rate)
      #expect(abs(fit.amplitude - 0.5) < (isLossy ? 0.02 : 1e-4), "amplitude \(fit.amplitude)")
      let phase = sign > 0 ? fit.phase : abs(fit.phase) - .pi
      #expect(abs(phase) < (isLossy ? 0.02 : 1e-4), "phase \(fit.phase)")
    }
  }

  /// libsndfile alone leaves a click at the end of an Opus file, as loud as the sound itself.
  @Test(arguments: SoundFormat.allCases)
  func theEndIsAsGoodAsTheRest(_ format: SoundFormat) throws {
    let path = folder.path + "/end.\(format.rawValue)"
    let tone = sine(440, sampleRate: 48_000, seconds: 50_000 / 48_000.0).map { Float($0) }
    try Recording(sampleRate: 48_000, channels: [tone]).write(to: path)
    let back = try Recording.read(path, sampleRate: 48_000).recording.channels[0]
    let isLossy = [SoundFormat.ogg, .opus, .mp3].contains(format)
    let worst = zip(tone, back).suffix(960).map { abs($0 - $1) }.max() ?? 1
    #expect(back.count >= tone.count && worst < (isLossy ? 0.15 : 1e-4), "\(worst)")
    #expect(back[tone.count...].allSatisfy { abs($0) < 0.15 })
  }

  @Test(arguments: [SoundFormat.wav, .aiff, .flac], SampleFormat.allCases)
  func samplesWithoutLossAreKept(_ format: SoundFormat, _ samples: SampleFormat) throws {
    let path = folder.path + "/a.\(format.rawValue)"
    var generator = SplitMix(state: 1)
    let scale: Float = samples == .int16 ? 32_768 : 8_388_608
    let sound = (0..<10_007).map { _ in
      (Float.random(in: -1...0.9999, using: &generator) * scale).rounded() / scale
    }
    let recording = Recording(sampleRate: 44_100, channels: [sound])
    if format == .flac, samples == .float32 {
      #expect(throws: SoundError.unsupportedSampleFormat(path: path, samples)) {
        try recording.write(to: path, samples: samples)
      }
      #expect(folder.names.isEmpty)
      return
    }
    try recording.write(to: path, samples: samples)
    #expect(try Recording.read(path, sampleRate: 44_100).recording == recording)
  }

  @Test(arguments: SoundFormat.allCases)
  func tagsComeBack(_ format: SoundFormat) throws {
    struct Made: Codable, Equatable {
      var seed = 42
      var model = "0123456789abcdef"
      var prompt: String
      var settings = ["temperature": 0.9]
    }
    let path = folder.path + "/tagged.\(format.rawValue)"
    for length in [0, 10, 300, 1_987, 2_100, 7_800] {
      let made = Made(prompt: "ü„😀" + String(repeating: "a", count: length))
      let comment = try SoundTags.json(made)
      let writer = try SoundWriter(
        path: path, sampleRate: 22_050, tags: SoundTags(title: "Abendstück", comment: comment))
      try writer.write([sine(440, sampleRate: 22_050, seconds: 0.2).map { Float($0) }])
      _ = try writer.finish()
      let back = try #require(try SoundFile.comment(path))
      #expect(back == comment)
      #expect(try JSONDecoder().decode(Made.self, from: Data(back.utf8)) == made)
      #expect(try SoundFile.tags(path).title == "Abendstück")
      #expect(try Recording.read(path).report.oddities.isEmpty)
    }
  }

  @Test func aFileWithoutTagsHasNone() throws {
    let path = try folder.write(WAVBytes(channels: [[0, 0.5]]).bytes, "plain.wav")
    #expect(try SoundFile.tags(path) == SoundTags())
  }

  @Test func aCommentThatCannotBeKeptIsRefused() throws {
    let path = folder.path + "/a.wav"
    for comment in [String(repeating: "a", count: 8_001), "ü", "a\0b"] {
      #expect(throws: SoundError.unsuitableComment(path: path)) {
        try SoundWriter(path: path, sampleRate: 22_050, tags: SoundTags(comment: comment))
      }
    }
    #expect(folder.names.isEmpty)
  }

  @Test func whatIsTooLoudIsCutOffAndCounted() throws {
    let path = folder.path + "/loud.wav"
    let written = try Recording(sampleRate: 22_050, channels: [[0.5, 1, -1, 1.5, -7, .nan, 0]])
      .write(to: path)
    #expect(written.clippedSamples == 2 && written.notNumbers == 1)
    let back = try Recording.read(path).recording.channels[0]
    let most = Float(32_767) / 32_768
    #expect(back == [0.5, most, -1, most, -1, 0, 0])
  }

  @Test(arguments: SoundFormat.allCases)
  func upToSixChannelsAreKeptApart(_ format: SoundFormat) throws {
    let count = format == .mp3 ? 2 : 6
    let path = folder.path + "/six.\(format.rawValue)"
    let channels = (0..<count).map {
      sine(200 * Double($0 + 1), amplitude: 0.3, sampleRate: 48_000, seconds: 0.5).map { Float($0) }
    }
    let writer = try SoundWriter(path: path, sampleRate: 48_000, channels: count)
    try writer.write(channels)
    _ = try writer.finish()
    var reader = try SoundReader(path: path)
    #expect(reader.channelCount == count)
    var block = [Float](repeating: 0, count: 24_000 * count)
    #expect(reader.read(into: &block) == 24_000)
    // The lowest of six may be stored as one that hears only low tones.
    for channel in 0..<count where channel < 5 {
      let sound = stride(from: channel, to: block.count, by: count).map { block[$0] }
      let fit = sound.compared(toSine: 200 * Double(channel + 1), sampleRate: 48_000)
      #expect(abs(fit.amplitude - 0.3) < 0.03, "channel \(channel): \(fit.amplitude)")
    }
  }

  @Test func anUnknownExtensionIsRefusedWithTheKnownOnes() throws {
    for name in ["a.txt", "wav", ".wav", "a.", "a.wav/b"] {
      let path = folder.path + "/" + name
      let error = #expect(throws: SoundError.self) {
        try SoundWriter(path: path, sampleRate: 22_050)
      }
      #expect(error == .unknownExtension(path: path))
      #expect(error?.description.hasSuffix(".wav, .aiff, .flac, .ogg, .opus or .mp3.") == true)
    }
    #expect(SoundFormat(path: "x/Y.WAV") == .wav && SoundFormat(path: "a.aif") == .aiff)
  }

  @Test func nothingIsThereBeforeTheEndAndNothingIsLeftOtherwise() throws {
    let path = try folder.write([1, 2, 3], "a.wav")
    do {
      let writer = try SoundWriter(path: path, sampleRate: 22_050)
      try writer.write([[0.5, 0.25]])
      #expect(folder.names.count == 2 && folder.names[0].hasPrefix(".a.wav."))
      #expect(try bytes(of: path) == [1, 2, 3])
    }
    #expect(folder.names == ["a.wav"])
    #expect(try bytes(of: path) == [1, 2, 3])
    try Recording(sampleRate: 22_050, channels: [[0.5]]).write(to: path)
    #expect(folder.names == ["a.wav"] && SoundFile.looksLikeSound(path))
  }

  @Test func whereNothingCanBeWrittenIsSaid() throws {
    let sound = Recording(sampleRate: 22_050, channels: [[0.5]])
    let missing = folder.path + "/none/a.wav"
    let error = #expect(throws: SoundError.self) { try sound.write(to: missing) }
    #expect(error?.description.contains("no such file or directory") == true)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/f.wav", withIntermediateDirectories: true)
    #expect(throws: SoundError.isFolder(path: folder.path + "/f.wav")) {
      try sound.write(to: folder.path + "/f.wav")
    }
  }

  @Test func theSameSoundGivesTheSameBytes() throws {
    let tone = sine(440, sampleRate: 22_050, seconds: 0.3).map { Float($0) }
    for format in [SoundFormat.wav, .aiff, .flac, .mp3] {
      let paths = ["a", "b"].map { "\(folder.path)/\($0).\(format.rawValue)" }
      for path in paths {
        try Recording(sampleRate: 22_050, channels: [tone]).write(to: path)
      }
      #expect(try bytes(of: paths[0]) == bytes(of: paths[1]), "\(format)")
    }
  }

  private func expectedRate(_ format: SoundFormat, _ rate: Int) -> Int {
    switch format {
    case .wav, .aiff, .flac, .ogg: rate
    case .opus: 48_000
    case .mp3: min(rate, 48_000)
    }
  }

  private func expectedWords(_ format: SoundFormat) -> String {
    switch format {
    case .wav: "WAV, 16 bits"
    case .aiff: "AIFF, 16 bits"
    case .flac: "FLAC, 16 bits"
    case .ogg: "Ogg Vorbis"
    case .opus: "Ogg Opus"
    case .mp3: "MP3"
    }
  }
}
