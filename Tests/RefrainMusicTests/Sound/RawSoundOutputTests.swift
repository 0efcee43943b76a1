import Foundation
import RefrainMusic
import Testing

struct RawSoundOutputTests {
  @Test func samplesArePassedOnAsSixteenBits() throws {
    let pipe = Pipe()
    var output = RawSoundOutput(
      descriptor: pipe.fileHandleForWriting.fileDescriptor, channels: 2)
    try output.write([[0, 0.5, 1], [-1, 2, .nan]])
    try output.write([[1 / 32_768], [-1 / 32_768]])
    #expect(output.clippedSamples == 1 && output.notNumbers == 1)
    try pipe.fileHandleForWriting.close()
    let bytes = try #require(try pipe.fileHandleForReading.readToEnd())
    #expect(
      Array(bytes) == [
        0x00, 0x00, 0x00, 0x80, 0x00, 0x40, 0xFF, 0x7F, 0xFF, 0x7F, 0x00, 0x00, 0x01, 0x00, 0xFF,
        0xFF,
      ])
  }

  /// The signal of a closed pipe would end the process of the tests.
  @Test func aListenerWhoLeavesIsAnErrorAndNoCrash() throws {
    let pipe = Pipe()
    var output = RawSoundOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
    try output.write([[0.5]])
    try pipe.fileHandleForReading.close()
    // Twice: the first signal must not wait for the second write.
    for _ in 0..<2 {
      do {
        try output.write([[0.5]])
        Issue.record("nothing was thrown")
      } catch { #expect(error == .outputClosed) }
    }
    #expect(SoundError.outputClosed.description.contains("start the player again"))
  }

  @Test func aDescriptorThatIsNotOpenIsAnError() throws {
    var output = RawSoundOutput(descriptor: -1)
    do {
      try output.write([[0.5]])
      Issue.record("nothing was thrown")
    } catch { #expect(error == .cannotSend(reason: "bad file descriptor")) }
  }
}
