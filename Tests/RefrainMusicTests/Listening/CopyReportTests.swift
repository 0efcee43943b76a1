import RefrainMusic
import Testing

struct CopyReportTests {
  private let piano: Spectrogram
  private let flute: Spectrogram
  private let music: TrainingLevels

  init() {
    var sound = SyntheticSound(seed: 2)
    sound.melody(seconds: 40)
    piano = sound.spectrogram
    sound = SyntheticSound(seed: 3)
    sound.melody(seconds: 70)
    let flute = sound.spectrogram
    self.flute = flute
    var music = TrainingLevels(settings: SpectrogramSettings())
    music.add([piano], named: "piano.flac")
    // In two pieces, as a reader gives them.
    let half = flute.settings.bins * 1000
    music.add(
      [flute.magnitudes[..<half], flute.magnitudes[half...]].map {
        Spectrogram(settings: flute.settings, magnitudes: Array($0))
      }, named: "flute.flac")
    self.music = music
  }

  @Test func aCopiedStretchIsFoundWhereItIs() {
    var sound = SyntheticSound(seed: 4)
    sound.melody(seconds: 4)
    // Neither on a second nor on a slice, and 6 decibels louder.
    sound.append(flute, from: 63.27, seconds: 3, gain: 2)
    sound.melody(seconds: 5)
    let report = CopyReport(sound.spectrogram, music: music)
    #expect(report.seconds == 12 && report.rows.count == 12)
    #expect(report.rows.filter(\.isCopy).map(\.second) == [4, 5, 6])
    for row in report.rows where row.isCopy {
      #expect(row.recording == "flute.flac")
      #expect(abs(row.time - (63.27 + Double(row.second) - 4)) < 0.13)
    }
    #expect(
      report.sentence.hasPrefix("3 of 12 seconds are copies: 4–6 s is flute.flac at 1:03; they are")
    )
    let others = report.rows.filter { !$0.isCopy }.map(\.distance).min() ?? 0
    let copies = report.rows.filter(\.isCopy).map(\.distance).max() ?? 0
    #expect(copies * 2 < others, "\(copies) and \(others) dB")
  }

  @Test func whatIsNotCopiedIsNotReported() {
    var sound = SyntheticSound(seed: 5)
    sound.melody(seconds: 10)
    let report = CopyReport(sound.spectrogram, music: music)
    #expect(report.rows.allSatisfy { !$0.isCopy })
    #expect(report.sentence.hasPrefix("none of 10 seconds is a copy; the nearest is "))
    #expect(
      report.sentence.hasSuffix("dB away where copies stay below 3.5 dB for two seconds or more"))
  }

  @Test func oneSecondAloneIsNoCopy() {
    var sound = SyntheticSound(seed: 6)
    sound.melody(seconds: 3)
    sound.append(flute, from: 20, seconds: 1, gain: 1)
    sound.melody(seconds: 3)
    let report = CopyReport(sound.spectrogram, music: music)
    let second = report.rows[3]
    #expect(second.recording == "flute.flac" && second.distance < CopyReport.threshold)
    #expect(report.rows.allSatisfy { !$0.isCopy })
  }

  @Test func twoSecondsOfDifferentPlacesAreNoCopy() {
    var sound = SyntheticSound(seed: 6)
    sound.melody(seconds: 3)
    sound.append(flute, from: 20, seconds: 1, gain: 1)
    sound.append(flute, from: 50, seconds: 1, gain: 1)
    sound.melody(seconds: 3)
    let report = CopyReport(sound.spectrogram, music: music)
    #expect(report.rows[3...4].allSatisfy { $0.distance < CopyReport.threshold && !$0.isCopy })
  }

  @Test func aSoftCopyBesideALoudSoundIsFound() {
    var sound = SyntheticSound(seed: 7)
    sound.append(flute, from: 30.1, seconds: 4, gain: 0.1)
    sound.melody(seconds: 4)
    let report = CopyReport(sound.spectrogram, music: music)
    #expect(report.rows.filter(\.isCopy).map(\.second) == [0, 1, 2, 3])
  }

  @Test func silenceIsNobodysCopy() {
    var sound = SyntheticSound()
    sound.silence(seconds: 3)
    let silent = CopyReport(sound.spectrogram, music: music)
    #expect(silent.rows.isEmpty && silent.seconds == 3)
    #expect(silent.sentence == "none of 3 seconds is a copy")
    let empty = TrainingLevels(settings: SpectrogramSettings())
    #expect(CopyReport(piano, music: empty).rows.isEmpty)
    var silence = empty
    silence.add([sound.spectrogram], named: "rest.flac")
    #expect(CopyReport(piano, music: silence).rows.isEmpty)
  }
}
