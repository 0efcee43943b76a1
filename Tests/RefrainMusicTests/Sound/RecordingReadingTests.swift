import Foundation
import RefrainMusic
import Testing

struct RecordingReadingTests {
  static let rates = [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000]

  @Test(arguments: WAVBytes.Samples.allCases, [1, 2, 6])
  func everyKindOfSampleIsReadAsItWas(_ samples: WAVBytes.Samples, _ count: Int) throws {
    let folder = try TestFolder()
    let channels = (0..<count).map {
      sine(100 * Double($0 + 1), amplitude: 0.9, sampleRate: 22_050, seconds: 0.3)
    }
    let path = try folder.write(WAVBytes(samples: samples, channels: channels).bytes, "a.wav")
    var reader = try SoundReader(path: path)
    #expect(reader.sampleRate == 22_050 && reader.channelCount == count)
    #expect(reader.promisedFrames == channels[0].count)
    // Blocks that do not divide the length.
    var block = [Float](repeating: 0, count: 1000 * count + count - 1)
    var read: [Float] = []
    while case let frames = reader.read(into: &block), frames > 0 {
      read += block[..<(frames * count)]
    }
    #expect(reader.framesRead == channels[0].count && reader.damage == nil)
    let step = samples == .int8 ? 1 / 128.0 : samples == .int16 ? 1 / 32_768.0 : 1e-6
    for (index, value) in read.enumerated() {
      #expect(abs(Double(value) - channels[index % count][index / count]) <= step / 2 + 1e-7)
    }
    let words = [
      "8 bits", "16 bits", "24 bits", "32 bits", "32-bit floating point", "64-bit floating point",
    ]
    #expect(reader.format == "WAV, " + words[WAVBytes.Samples.allCases.firstIndex(of: samples)!])
  }

  /// Of every format, a part is what the whole has there, but for the resampler's beginning.
  @Test(arguments: SoundFormat.allCases, [ChannelLayout.mono, .stereo])
  func aPartIsThatOfTheWhole(_ format: SoundFormat, _ layout: ChannelLayout) throws {
    let folder = try TestFolder()
    let channels = [300.0, 470].map { sine($0, sampleRate: 48_000, seconds: 6).map { Float($0) } }
    let path = folder.path + "/part." + format.rawValue
    _ = try Recording(sampleRate: 48_000, channels: channels).write(to: path)
    let whole = try Recording.read(path, layout: layout).recording
    let part = try Recording.read(path, seconds: 2..<4.5, sampleRate: 22_050, layout: layout)
    #expect(part.frameCount == 55_125 && part.channels.count == layout.count)
    for (some, all) in zip(part.channels, whole.channels) {
      let inner = 1000..<50_000
      let limit: Float = format == .mp3 || format == .opus ? 0.05 : 0.002
      let other = Array(all[44_100 + 1000..<44_100 + 50_000])
      #expect(Array(some[inner]).largestDifference(to: other) < limit)
    }
    // What the file does not have is missing; where it has nothing, that is said.
    let end = try Recording.read(path, seconds: 5..<99, sampleRate: 22_050, layout: layout)
    #expect((0.9...1.1).contains(end.seconds))
    #expect(throws: SoundError.self) {
      try Recording.read(path, seconds: 50..<99, sampleRate: 22_050, layout: layout)
    }
  }

  @Test(arguments: rates, [1, 2])
  func aToneKeepsPitchLoudnessAndPlaceAtEveryRate(_ rate: Int, _ channels: Int) throws {
    let folder = try TestFolder()
    let tone = sine(440, sampleRate: rate, seconds: 1.037)
    let path = try folder.write(
      WAVBytes(
        samples: .float32, sampleRate: rate, channels: Array(repeating: tone, count: channels)
      ).bytes, "tone.wav")
    let (recording, report) = try Recording.read(
      path, layout: channels == 1 ? .mono : .stereo)
    let expected = Int((Double(tone.count) * 22_050 / Double(rate)).rounded())
    #expect(recording.sampleRate == 22_050 && recording.frameCount == expected)
    #expect(recording.channels.count == channels)
    for channel in recording.channels {
      let fit = channel.compared(toSine: 440, sampleRate: 22_050)
      #expect(abs(fit.amplitude - 0.5) < 1e-4, "amplitude \(fit.amplitude)")
      #expect(abs(fit.phase) < 1e-4, "phase \(fit.phase)")
      #expect(fit.largestError < 1e-4, "error \(fit.largestError)")
    }
    #expect(report.done.contains("resampled to 22.05 kHz") == (rate != 22_050))
    #expect(abs(report.seconds - 1.037) < 1e-3)
  }

  @Test func whatIsAboveHalfTheNewRateIsGone() throws {
    let folder = try TestFolder()
    let tone = sine(15_000, sampleRate: 48_000, seconds: 0.5)
    let path = try folder.write(
      WAVBytes(samples: .float32, sampleRate: 48_000, channels: [tone]).bytes, "high.wav")
    let sound = try Recording.read(path).recording.channels[0]
    let middle = sound[1000..<sound.count - 1000]
    #expect(middle.allSatisfy { abs($0) < 1e-4 })
  }

  @Test func theMeanOfAllChannelsIsMono() throws {
    let folder = try TestFolder()
    let levels = [0.1, 0.2, 0.3, 0.4, 0.5, -0.6]
    let path = try folder.write(
      WAVBytes(samples: .float32, channels: levels.map { Array(repeating: $0, count: 500) }).bytes,
      "six.wav")
    let (mono, report) = try Recording.read(path)
    #expect(mono.channels[0].allSatisfy { abs($0 - 0.15) < 1e-6 })
    #expect(report.done == ["mixed down to mono"])
    // Front left, right, centre, low, back left, right: the sides with the centre, without the low.
    let (stereo, stereoReport) = try Recording.read(path, layout: .stereo)
    #expect(stereo.channels[0].allSatisfy { abs($0 - (0.1 + 0.3 + 0.5) / 3) < 1e-6 })
    #expect(stereo.channels[1].allSatisfy { abs($0 - (0.2 + 0.3 - 0.6) / 3) < 1e-6 })
    #expect(stereoReport.done == ["mixed down to stereo without its lowest channel"])
  }

  @Test func theCentreOfOggIsItsSecondChannel() throws {
    let folder = try TestFolder()
    let path = folder.path + "/three.ogg"
    let tone = sine(440, sampleRate: 22_050, seconds: 0.5).map { Float($0) }
    let silence = [Float](repeating: 0, count: tone.count)
    let writer = try SoundWriter(path: path, sampleRate: 22_050, channels: 3)
    try writer.write([silence, tone, silence])
    _ = try writer.finish()
    let stereo = try Recording.read(path, layout: .stereo).recording
    for channel in stereo.channels {
      let fit = channel.compared(toSine: 440, sampleRate: 22_050)
      #expect(abs(fit.amplitude - 0.25) < 0.01)
    }
  }

  @Test func oneChannelIsBothSides() throws {
    let folder = try TestFolder()
    let tone = sine(440, sampleRate: 22_050, seconds: 0.1)
    let path = try folder.write(WAVBytes(channels: [tone]).bytes, "mono.wav")
    let (stereo, report) = try Recording.read(path, layout: .stereo)
    #expect(stereo.channels.count == 2 && stereo.channels[0] == stereo.channels[1])
    #expect(report.done == ["the same on both sides"])
  }

  @Test func whatIsNoNumberBecomesSilenceAndIsCounted() throws {
    let folder = try TestFolder()
    var tone = sine(440, sampleRate: 44_100, seconds: 0.2)
    tone[100] = .nan
    tone[200] = .infinity
    tone[300] = -.infinity
    tone[400] = 1e30
    for samples in [WAVBytes.Samples.float32, .float64] {
      let path = try folder.write(
        WAVBytes(samples: samples, sampleRate: 44_100, channels: [tone]).bytes, "nan.wav")
      let (recording, report) = try Recording.read(path)
      #expect(report.notNumbers == 4)
      #expect(recording.channels[0].allSatisfy { abs($0) < 1 })
      #expect(report.oddities == ["4 samples are not numbers and became 0"])
    }
  }

  @Test func clippingIsCountedAndPeaksAreNot() throws {
    let folder = try TestFolder()
    var sound = sine(100, amplitude: 0.8, sampleRate: 22_050, seconds: 1)
    sound[10] = 1
    sound[11] = 1
    for index in 5000..<5221 { sound[index] = index < 5100 ? 1 : -1 }
    let path = try folder.write(WAVBytes(channels: [sound]).bytes, "clipped.wav")
    let report = try Recording.read(path).report
    #expect(report.clippedSamples == 221)
    #expect(report.oddities == ["1% is clipped"])
  }

  @Test func silenceIsFound() throws {
    let folder = try TestFolder()
    let quiet = [Double](repeating: 0.00005, count: 22_050)
    let path = try folder.write(WAVBytes(samples: .float32, channels: [quiet]).bytes, "quiet.wav")
    let silent = try Recording.read(path).report
    #expect(silent.isSilent && silent.oddities == ["all of it is silence"])

    let tone = sine(440, sampleRate: 22_050, seconds: 1)
    let ends = [Double](repeating: 0, count: 33_075) + tone + quiet + quiet
    let other = try folder.write(WAVBytes(samples: .float32, channels: [ends]).bytes, "ends.wav")
    let report = try Recording.read(other).report
    #expect(!report.isSilent)
    #expect(abs(report.silenceBefore - 1.5) < 1e-3 && abs(report.silenceAfter - 2) < 1e-3)
    #expect(report.oddities == ["1.5 s of silence at its beginning", "2 s of silence at its end"])
  }

  @Test func theReportIsASentenceAndKeepsItsValuesAsJSON() throws {
    let folder = try TestFolder()
    let tone = sine(440, sampleRate: 44_100, seconds: 2)
    let path = try folder.write(
      WAVBytes(samples: .int24, sampleRate: 44_100, channels: [tone, tone]).bytes, "a.wav")
    let report = try Recording.read(path).report
    #expect(
      report.sentence
        == "\(path): 2 s of WAV, 24 bits, 44.1 kHz, stereo; resampled to 22.05 kHz; mixed down to "
        + "mono.")
    let json = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(SoundReport.self, from: json) == report)
  }
}
