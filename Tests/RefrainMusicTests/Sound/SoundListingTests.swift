import Foundation
import RefrainMusic
import Testing

struct SoundListingTests {
  private let folder: TestFolder
  private let tone = WAVBytes(channels: [sine(440, sampleRate: 22_050, seconds: 0.5)])
  init() throws { folder = try TestFolder() }

  @Test func aFolderIsSearchedInOrderAndWhatIsNoSoundIsSkippedWithAReason() throws {
    try folder.write(tone.bytes, "b/inner.wav")
    try folder.write(tone.bytes, "a.dat")
    try folder.write(tone.bytes, ".hidden.wav")
    try folder.write(tone.bytes, ".git/x.wav")
    try folder.write(Array("a text".utf8), "b/fake.wav")
    try folder.write([], "empty.mp3")
    try folder.write(Array("MThd".utf8) + [0, 0, 0, 6], "song.mid")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path + "/b/up", withDestinationPath: "..")
    try files.createSymbolicLink(atPath: folder.path + "/gone.wav", withDestinationPath: "no.wav")
    try files.createSymbolicLink(atPath: folder.path + "/twice.wav", withDestinationPath: "a.dat")
    let listing = try InputListing(sounds: [folder.path])
    let relative = { (path: String) in String(path.dropFirst(folder.path.count + 1)) }
    #expect(listing.entries.map { relative($0.path) } == ["a.dat", "b/inner.wav"])
    #expect(listing.entries.allSatisfy { !$0.isNamed })
    let skipped = listing.skipped.map { "\(relative($0.path)): \($0.reason)" }
    #expect(
      skipped == [
        "b/fake.wav: it is not a sound file",
        "b/up: it leads back to a folder that contains it",
        "empty.mp3: it is empty",
        "gone.wav: it cannot be opened",
        "song.mid: it is MIDI, which holds notes and no sound",
        "twice.wav: it is among the inputs already",
      ])
  }

  @Test func aRunIsLeftOut() throws {
    try folder.write(tone.bytes, "a.wav")
    try folder.write(tone.bytes, "run/samples/made.wav")
    for name in ["last.safetensors", "config.json"] { try folder.write([1], "run/" + name) }
    let listing = try InputListing(sounds: [folder.path])
    #expect(listing.entries.count == 1)
    #expect(listing.skipped.map(\.reason) == ["it is a run of Refrain's"])
  }

  @Test func inputsThatGiveNothingAreErrors() throws {
    #expect(throws: InputFileError.nothingGiven) { try InputListing(sounds: []) }
    #expect(throws: InputFileError.noSuchFile(path: "/none.wav")) {
      try InputListing(sounds: ["/none.wav"])
    }
    #expect(throws: InputFileError.notAFile(path: "/dev/null")) {
      try InputListing(sounds: ["/dev/null"])
    }
    let text = try folder.write(Array("a text".utf8), "a.txt")
    #expect(throws: SoundError.notSound(path: text, kind: nil)) { try InputListing(sounds: [text]) }
    let error = #expect(throws: SoundError.self) { try InputListing(sounds: [folder.path]) }
    #expect(
      error == .noSound(inputs: [folder.path], firstReason: "\(text): it is not a sound file"))
  }

  @Test func theReportSaysWhatWasUsedAndWhatNot() throws {
    try folder.write(tone.bytes, "a.wav")
    var high = tone
    high.sampleRate = 44_100
    high.promisedBytes = 1 << 20
    try folder.write(high.bytes, "b.wav")
    try folder.write(WAVBytes(channels: [[Double](repeating: 0, count: 99)]).bytes, "silent.wav")
    try folder.write(WAVBytes(channels: [[]]).bytes, "void.wav")
    try folder.write(Array("fLaC".utf8) + [0, 1, 2, 3], "z.flac")
    var frames: [Int] = []
    let report = try InputListing(sounds: [folder.path]).readRecordings { recording, found in
      frames.append(recording.frameCount)
      #expect(recording.sampleRate == 22_050 && found.frames == 11_025)
    }
    #expect(frames == [11_025, 5_513])
    #expect(report.used.count == 2 && abs(report.seconds - 0.75) < 1e-9)
    let lines = report.lines.map { $0.replacing(folder.path + "/", with: "") }
    #expect(lines.count == 5)
    #expect(lines[0] == "0.75 s of sound from 2 files; 1 resampled or mixed.")
    #expect(lines[1] == "b.wav: it is shorter than the 11.89 s that it promises.")
    #expect(lines[2] == "Skipped silent.wav: all of it is silence.")
    #expect(lines[3] == "Skipped void.wav: it holds not a single sample.")
    #expect(lines[4].hasPrefix("Skipped z.flac: it is damaged ("))
    let json = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(SoundInputReport.self, from: json) == report)
  }

  @Test func aNamedFileMustBeReadable() throws {
    let broken = try folder.write(Array("fLaC".utf8) + [0, 1, 2, 3], "z.flac")
    let good = try folder.write(tone.bytes, "a.wav")
    let error = #expect(throws: SoundError.self) {
      try InputListing(sounds: [good, broken]).readRecordings { _, _ in }
    }
    guard case .damaged(broken, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func nothingButSilenceIsAnError() throws {
    let path = try folder.write(
      WAVBytes(channels: [[Double](repeating: 0, count: 99)]).bytes, "silent.wav")
    let error = #expect(throws: SoundError.self) {
      try InputListing(sounds: [path]).readRecordings { _, _ in }
    }
    #expect(error == .noSound(inputs: [path], firstReason: "\(path): all of it is silence"))
  }

  @Test func whatTheBodyThrowsIsPassedOn() throws {
    try folder.write(tone.bytes, "a.wav")
    #expect(throws: SoundError.outputClosed) {
      try InputListing(sounds: [folder.path]).readRecordings { _, _ in throw SoundError.outputClosed
      }
    }
  }

  /// Real instruments: the samples of Sonic Pi, where they are installed.
  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: "/usr/share/sonic-pi/samples"),
      "the package sonic-pi-samples is not installed"))
  func realSamplesAreAllRead() throws {
    let listing = try InputListing(sounds: ["/usr/share/sonic-pi/samples"])
    let some = Array(listing.entries.prefix(10)).map(\.path)
    let report = try InputListing(sounds: some).readRecordings { recording, found in
      #expect(abs(recording.seconds - found.seconds) < 1e-4)
    }
    #expect(listing.entries.count > 100 && report.used.count == 10)
    #expect(report.used.allSatisfy { $0.format.hasPrefix("FLAC") })
  }
}
