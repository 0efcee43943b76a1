import Foundation
import RefrainMusic
import Testing

struct BadSoundTests {
  private let folder: TestFolder
  init() throws { folder = try TestFolder() }

  @Test func whatIsNoSoundIsSaid() throws {
    let text = try folder.write(Array("Just a text, whatever its name.".utf8), "text.wav")
    let hello = Array(String(repeating: "Hello, hello! ", count: 100).utf8)
    let wide = try folder.write([0xFF, 0xFE] + hello.flatMap { [$0, 0] }, "wide.mp3")
    let tagged = try folder.write(Array("ID3 tags are described here.".utf8), "id3.txt")
    for path in [text, wide, tagged] {
      #expect(!SoundFile.looksLikeSound(path))
      #expect(throws: SoundError.notSound(path: path, kind: nil)) { try Recording.read(path) }
    }
    let midi = try folder.write(Array("MThd".utf8) + [0, 0, 0, 6, 0, 1, 0, 1, 0, 96], "a.wav")
    let error = #expect(throws: SoundError.self) { try Recording.read(midi) }
    #expect(error?.description.contains("MIDI") == true)
  }

  @Test func whatIsNotThereOrNoFileIsSaid() throws {
    let missing = folder.path + "/nothing.wav"
    #expect(throws: SoundError.noSuchFile(path: missing)) { try Recording.read(missing) }
    #expect(throws: SoundError.isFolder(path: folder.path)) { try Recording.read(folder.path) }
    #expect(throws: SoundError.notAFile(path: "/dev/null")) { try Recording.read("/dev/null") }
    let empty = try folder.write([], "empty.wav")
    #expect(throws: SoundError.empty(path: empty)) { try Recording.read(empty) }
    let none = try folder.write(WAVBytes(channels: [[]]).bytes, "none.wav")
    #expect(throws: SoundError.noSamples(path: none)) { try Recording.read(none) }
    #expect(!SoundFile.looksLikeSound(missing) && !SoundFile.looksLikeSound(folder.path))
  }

  /// 2^31 frames of one byte, and as many bytes as a header can promise at all.
  @Test(arguments: [UInt32(1) << 31, UInt32.max - 15])
  func aHeaderThatPromisesTooMuchIsReadToTheEndOfTheFile(_ promised: UInt32) throws {
    let tone = sine(440, sampleRate: 22_050, seconds: 0.5)
    let path = try folder.write(
      WAVBytes(samples: .int8, channels: [tone], promisedBytes: promised).bytes, "promise.wav")
    let before = peakMemory()
    let (recording, report) = try Recording.read(path)
    #expect(recording.frameCount == tone.count)
    #expect(report.promisedFrames == Int(promised))
    #expect(report.oddities.first?.contains("that it promises") == true)
    // The promise would take 8 GB.
    let growth = peakMemory() - before
    #expect(growth < 500 << 20)
  }

  @Test func aLengthLeftOpenIsNoFault() throws {
    let tone = sine(440, sampleRate: 22_050, seconds: 0.5)
    let path = try folder.write(
      WAVBytes(channels: [tone], promisedBytes: .max).bytes, "stream.wav")
    let (recording, report) = try Recording.read(path)
    #expect(recording.frameCount == tone.count && report.oddities.isEmpty)
  }

  @Test(arguments: SoundFormat.allCases)
  func aFileCutInTheMiddleIsReadToThereAndSaidToBe(_ format: SoundFormat) throws {
    // Ogg stores seconds at a time, of which all or nothing can be read.
    let whole = try bytes(of: written(format, seconds: 10))
    let path = try folder.write(Array(whole[..<(whole.count / 2)]), "cut.\(format.rawValue)")
    let (recording, report) = try Recording.read(path)
    #expect((2.5...7).contains(recording.seconds), "\(recording.seconds) s")
    #expect(
      report.oddities.contains {
        $0.contains("shorter") || $0.contains("end is missing") || $0.contains("damaged")
      }, "\(report.sentence)")
  }

  @Test(arguments: SoundFormat.allCases)
  func noBytesAreTooFew(_ format: SoundFormat) throws {
    let whole = try bytes(of: written(format))
    for count in [1, 3, 4, 8, 11, 12, 16, 20, 36, 40, 43, 44, 45, 58, 100, 500] {
      let path = try folder.write(Array(whole[..<count]), "short.\(format.rawValue)")
      do {
        #expect(try Recording.read(path).recording.frameCount > 0)
      } catch {
        #expect(error.description.contains(path))
      }
    }
  }

  /// Bytes changed at random: near the beginning, where lengths and counts are, or near the end,
  /// which leaves Ogg's pages before it readable.
  @Test(arguments: SoundFormat.allCases)
  func alteredFilesAreReadOrRefused(_ format: SoundFormat) throws {
    let whole = try bytes(of: written(format, seconds: 4))
    var generator = SplitMix(state: 42)
    var readable = 0
    for round in 0..<60 {
      var altered = whole
      let span = round.isMultiple(of: 2) ? 0..<100 : whole.count * 3 / 4..<whole.count
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let position = Int.random(in: span, using: &generator)
        altered[position] = .random(in: 0...255, using: &generator)
      }
      let path = try folder.write(altered, "altered.\(format.rawValue)")
      do {
        let (recording, report) = try Recording.read(path, longest: 1)
        #expect(recording.channels[0].allSatisfy { $0.isFinite })
        #expect(report.frames > 0)
        readable += 1
      } catch {
        #expect(error.description.contains(path))
      }
    }
    #expect(readable > 0, "nothing was readable, so that only refusing was checked")
  }

  @Test(arguments: [
    "RIFF\0\0\0\0WAVEfmt ", "FORM\0\0\0\0AIFF", "fLaC\0", "OggS\0", "ID3\u{3}\0\0\0\0\0\0",
  ])
  func randomBytesBehindAValidBeginningAreRefusedOrRead(_ beginning: String) throws {
    var generator = SplitMix(state: 7)
    for round in 0..<20 {
      let rest = (0..<3000).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let path = try folder.write(Array(beginning.utf8) + rest, "random\(round)")
      do {
        _ = try Recording.read(path, longest: 1)
      } catch {
        #expect(error.description.contains(path))
      }
    }
  }

  /// Closing a descriptor twice can close another thread's file.
  @Test func whatIsRefusedClosesNoOtherFile() throws {
    let path = try folder.write(Array("fLaC".utf8) + [UInt8](repeating: 0, count: 40), "a.flac")
    let readers = (0..<2).map { _ in
      Thread { for _ in 0..<2000 { _ = try? SoundReader(path: path) } }
    }
    for reader in readers { reader.start() }
    var lost = 0
    repeat {
      let descriptor = open("/dev/null", O_RDONLY)
      usleep(1)
      if close(descriptor) != 0 { lost += 1 }
    } while !readers.allSatisfy(\.isFinished)
    #expect(lost == 0)
  }

  @Test func aStrangeSampleRateIsRefused() throws {
    for rate in [1, 3_999, 384_001, 2_000_000_000] {
      let path = try folder.write(
        WAVBytes(sampleRate: rate, channels: [[0, 0.5]]).bytes, "rate.wav")
      #expect(throws: SoundError.strangeSampleRate(path: path, rate: rate)) {
        try Recording.read(path)
      }
    }
  }

  @Test func whatIsTooLongIsRefused() throws {
    let path = try folder.write(
      WAVBytes(channels: [[Double](repeating: 0.1, count: 22_050 * 3)]).bytes, "long.wav")
    #expect(throws: SoundError.tooLong(path: path, hours: 2.0 / 3600)) {
      try Recording.read(path, longest: 2.0 / 3600)
    }
  }

  private func written(_ format: SoundFormat, seconds: Double = 2) throws -> String {
    let path = folder.path + "/whole.\(format.rawValue)"
    // Not a plain tone, so that every part of a packed file is of about the same size.
    let sound = (0..<Int(22_050 * seconds)).map { index in
      let time = Double(index) / 22_050
      return Float(0.3 * sin(2 * .pi * (300 + 400 * time) * time) + 0.1 * sin(9000 * time))
    }
    try Recording(sampleRate: 22_050, channels: [sound]).write(to: path)
    return path
  }
}

/// The most memory that the process has held so far, in bytes.
private func peakMemory() -> Int {
  var usage = rusage()
  #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss
  #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  #endif
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
