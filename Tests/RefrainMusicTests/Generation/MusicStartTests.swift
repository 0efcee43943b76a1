import Foundation
import Refrain
import RefrainRuns
import RefrainMusic
import Testing

struct MusicStartTests {
  /// The loudest bin of the last frames.
  private func peak(_ music: MusicSpectrogram?) throws -> Int {
    let music = try #require(music)
    var sums = [Float](repeating: 0, count: music.settings.bins)
    for frame in max(0, music.frameCount - 30)..<music.frameCount {
      for (bin, value) in music[frame: frame].enumerated() { sums[bin] += value }
    }
    return sums.indices.max { sums[$0] < sums[$1] } ?? 0
  }

  @Test func placesAreCountedThroughAllRecordings() async throws {
    let trained = try await TrainedMusic.trained()
    let music = { (seconds: Double) in
      try MusicStart.position(seconds: seconds).music(trained.information)
    }
    // Tones from 300 and from 1,500 hertz, 31 hertz a bin.
    #expect((9...20).contains(try peak(music(7.9))))
    let second = try music(12)
    #expect((47...97).contains(try peak(second)))
    // It begins with its own recording: some four seconds, though ten are listened to.
    #expect((499...502).contains(try #require(second).frameCount))
    #expect(try music(0)?.frameCount == 2)
    #expect(try MusicStart.nothing.music(trained.information) == nil)
  }

  @Test(arguments: [16.1, 1e300, -0.5, .nan, .infinity])
  func thereIsNoMusicBeyondTheEnd(seconds: Double) async throws {
    let trained = try await TrainedMusic.trained()
    let error = #expect(throws: MusicStartError.self) {
      try MusicStart.position(seconds: seconds).music(trained.information)
    }
    #expect(error?.description.contains("has 16 seconds") == true)
  }

  @Test func aRecordingThatHasChangedIsNotGoneOnFrom() async throws {
    let trained = try await TrainedMusic.trained()
    let path = trained.folder.path + "/changed.wav"
    try TinyMusic.write(TinyMusic.melody(lowest: 600, seconds: 8), to: path)
    let model = try trained.model { information in
      var places = information["places"] as! [[String: Any]]
      places[1]["path"] = path
      information["places"] = places
    }
    let information = try model.record(of: MusicMaterial.self)
    #expect(throws: InputFileError.changed(path: path)) {
      try MusicStart.position(seconds: 10).music(information)
    }
    #expect(try MusicStart.position(seconds: 5).music(information) != nil)
  }

  @Test func aClipsLastSecondsCount() async throws {
    let trained = try await TrainedMusic.trained()
    let path = trained.folder.path + "/clip.wav"
    try TinyMusic.write(TinyMusic.melody(lowest: 500, seconds: 12), to: path)
    let music = try MusicStart.clip(path: path).music(trained.information)
    #expect(music?.frameCount == 1251)
    try TinyMusic.write([Float](repeating: 0, count: 800), to: path)
    #expect(throws: MusicStartError.silent(path: path)) {
      try MusicStart.clip(path: path).music(trained.information)
    }
    #expect(throws: SoundError.self) {
      try MusicStart.clip(path: path + ".no").music(trained.information)
    }
  }
}
