import Foundation
import RefrainMusic
import TestSupport
import Testing

/// The examples that work on sound: broken chords of plucked strings.
struct SoundExampleTests {
  private let programs = ExampleProgram(name: "ShortPrograms")

  @Test func `Sound is learned and streamed`() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/recordings", withIntermediateDirectories: false)
      _ = try DemoPiece(seconds: 17, sampleRate: 8000).recording
        .write(to: folder + "/recordings/chords.wav")

      let training = try programs.run("train-on-sound", "recordings", "run", in: folder)
      #expect(training.output.contains(" frames of sound\n"))
      let errors = try #require(training.lines(after: "step 100: error ").first)
        .components(separatedBy: ", by repetition ").compactMap(Double.init)
      #expect(errors.count == 2 && errors[0] < errors[1], "\(training.output)")
      let sound = try #require(training.lines(after: "listen to ").last).prefix { $0 != "," }
      #expect(try Recording.read(folder + "/" + sound, sampleRate: 8000).recording.seconds > 9)

      let stream = try programs.run("stream", "run", "2", in: folder)
      #expect(stream.errors.contains("after 8000 samples: temperature 0.5\n"))
      #expect(stream.errors.contains("16000 samples, "))
      #expect(stream.bytes.count == 32_000)
      #expect(stream.bytes.contains { $0 != 0 })
    }
  }
}
