import Foundation
import Refrain
import RefrainRuns
import RefrainMusic
import Testing

struct MusicCorpusTests {
  private let folder: TestFolder
  init() throws { folder = try TestFolder() }

  private func write(_ name: String, seconds: Double, loudness: Float = 1) throws -> String {
    try TinyMusic.write(
      TinyMusic.melody(lowest: 400, seconds: seconds).map { $0 * loudness },
      to: folder.path + "/" + name)
  }

  @Test func recordingsStandOneAfterTheOther() throws {
    let paths = [try write("b.wav", seconds: 2), try write("a.wav", seconds: 1)]
    let corpus = try MusicCorpus(InputListing(sounds: paths), settings: TinyMusic.settings)
    #expect(corpus.places.map(\.path) == paths)
    #expect(corpus.places.map(\.frames) == [0..<251, 251..<377])
    #expect(corpus.places[0].hash != corpus.places[1].hash)
    #expect(corpus.frames.count == 377)
    #expect((0..<377).filter { corpus.frames.table.isStart($0) } == [0, 251])

    // Every reader is told where a recording begins, and forgets there.
    var tokens = [Int32](repeating: 0, count: 377)
    var starts = [Bool](repeating: false, count: 377)
    var cursor = corpus.frames.cursor(at: 0)
    var tokenSpan = tokens.mutableSpan
    var startSpan = starts.mutableSpan
    let read = try cursor.read(into: &tokenSpan, starts: &startSpan)
    #expect(read == 377)
    #expect(starts.indices.filter { starts[$0] } == [0, 251])
  }

  @Test(arguments: [FrameScale.Kind.linear, .logarithmic])
  func framesAreTheSoundsMagnitudes(_ kind: FrameScale.Kind) throws {
    let path = try write("a.wav", seconds: 1)
    let corpus = try MusicCorpus(
      InputListing(sounds: [path]), settings: TinyMusic.settings, kind: kind)
    let expected = ShortTimeFourierTransform(TinyMusic.settings)
      .spectrogram(of: try Recording.read(path, sampleRate: 8000).recording.channels[0])
    let found = corpus.spectrogram(0..<126).mixed
    #expect(found.frameCount == 126 && expected.frameCount == 126)
    let worst =
      zip(found.magnitudes, expected.magnitudes)
      .map { abs($0 - $1) / ($1 + corpus.scale.floor) }.max() ?? 1
    // The table keeps eleven bits.
    #expect(worst < 0.01, "\(worst)")
  }

  @Test(arguments: [FrameScale.Kind.linear, .logarithmic])
  func leftAndRightAreReadSideBySide(_ kind: FrameScale.Kind) throws {
    // Long enough to be read in several pieces.
    let left = TinyMusic.melody(lowest: 400, seconds: 20)
    let right = TinyMusic.melody(lowest: 900, seconds: 20)
    let both = Recording(sampleRate: 8000, channels: [left, right])
    let path = folder.path + "/both.wav"
    _ = try both.write(to: path, samples: .float32)
    let corpus = try MusicCorpus(
      InputListing(sounds: [path]), settings: TinyMusic.settings, kind: kind, layout: .stereo)
    let expected = ShortTimeFourierTransform(TinyMusic.settings).spectrogram(of: both)
    #expect(corpus.frames.count == expected.frameCount && corpus.scale.channels == 2)
    let found = corpus.spectrogram(0..<corpus.frames.count)
    // The table keeps eleven bits, of linear values those of the louder side.
    let loudest = zip(expected.channels[0].magnitudes, expected.channels[1].magnitudes).map(max)
    for (new, old) in zip(found.channels, expected.channels) {
      for index in loudest.indices {
        let scale = kind == .linear ? loudest[index] : old.magnitudes[index]
        let error = abs(new.magnitudes[index] - old.magnitudes[index])
        guard error > 0.02 * (scale + corpus.scale.floor) else { continue }
        Issue.record("\(new.magnitudes[index]) for \(old.magnitudes[index])")
        return
      }
    }
    // As one channel it is the mean of the sounds.
    let mono = try MusicCorpus(
      InputListing(sounds: [path]), settings: TinyMusic.settings, kind: kind)
    #expect(mono.scale.channels == 1 && mono.scale.size * 2 == corpus.scale.size)
  }

  @Test(arguments: [FrameScale.Kind.linear, .logarithmic])
  func theScaleIsOfTheTrainingPart(_ kind: FrameScale.Kind) throws {
    let quiet = try write("a.wav", seconds: 4, loudness: 0.1)
    let both = [quiet, try write("b.wav", seconds: 1)]
    func scale(_ paths: [String], _ fraction: Double) throws -> FrameScale {
      try MusicCorpus(
        InputListing(sounds: paths), settings: TinyMusic.settings, kind: kind,
        validationFraction: fraction
      ).scale
    }
    // The second recording's 126 of 627 frames.
    let training = try scale(both, 126.0 / 627)
    #expect(training == (try scale([quiet], 0)))
    let all = try scale(both, 0)
    #expect(all.greatest.max()! > 5 * training.greatest.max()!)
    #expect(all.means != training.means && all.deviations != training.deviations)
    #expect(training.kind == kind && training.deviations.allSatisfy { $0 >= 0.25 })
  }

  @Test func normalisedValuesHaveMeanZeroAndDeviationOne() throws {
    let corpus = try MusicCorpus(
      InputListing(sounds: [write("a.wav", seconds: 4)]), settings: TinyMusic.settings)
    let frames = (0..<corpus.frames.count).map { corpus.frames.table[$0] }
    for bin in corpus.scale.deviations.indices where corpus.scale.deviations[bin] > 0.25 {
      let values = frames.map { Double($0[bin]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count) - mean * mean
      #expect(abs(mean) < 0.01 && abs(variance - 1) < 0.01, "\(bin): \(mean) \(variance)")
    }
  }
}
