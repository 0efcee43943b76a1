import CZlib
import Refrain
import RefrainText
import Testing

@Suite struct GzipBaselineTests {
  /// Words in random order: much repetition, and much that cannot be known.
  func randomText(_ count: Int, lane: UInt32) -> [UInt8] {
    var stream = RandomStream(seed: 31, purpose: .noise, lane: lane)
    let words = ["to ", "be ", "or ", "not ", "that ", "is ", "the ", "question ", "whether\n"]
    var text: [UInt8] = []
    while text.count < count { text += words.randomElement(using: &stream)!.utf8 }
    return Array(text.prefix(count))
  }

  func size(of text: [UInt8], after training: [UInt8] = [], chunk: Int) throws -> GzipBaseline.Size
  {
    var baseline = try GzipBaseline()
    for start in stride(from: 0, to: training.count, by: chunk) {
      baseline.prime(
        with: training.span.extracting(start..<min(start + chunk, training.count)))
    }
    for start in stride(from: 0, to: text.count, by: chunk) {
      try baseline.compress(text.span.extracting(start..<min(start + chunk, text.count)))
    }
    return try baseline.finish()
  }

  @Test(arguments: [0, 1, 100, 65_536, 300_000])
  func sizeIsThatOfZlibInOneCall(count: Int) throws {
    let text = randomText(count, lane: 1)
    var length = compressBound(UInt(count))
    var compressed = [UInt8](repeating: 0, count: Int(length))
    #expect(compress2(&compressed, &length, text, UInt(count), 9) == Z_OK)
    let found = try size(of: text, chunk: 100_000)
    #expect(found.bytes == count)
    // zlib's own format has 6 bytes of header and checksum; of nothing we make nothing.
    #expect(found.compressedBytes == (count == 0 ? 0 : Int(length) - 6))
  }

  @Test(arguments: [1, 7, 1_000, 40_000])
  func theSizeOfTheChunksDoesNotMatter(chunk: Int) throws {
    let training = randomText(70_000, lane: 2)
    let text = randomText(9_000, lane: 3)
    #expect(
      try size(of: text, after: training, chunk: chunk)
        == size(of: text, after: training, chunk: 1 << 20))
  }

  @Test func onlyTheEndOfTheTrainingTextHelps() throws {
    let text = randomText(500, lane: 4)
    let filler = [UInt8](repeating: 0, count: GzipBaseline.windowSize)
    let alone = try size(of: text, chunk: 1_000)
    #expect(try size(of: text, after: filler + text, chunk: 1_000).compressedBytes < 20)
    #expect(try size(of: text, after: text + filler, chunk: 1_000) == alone)
  }

  @Test func textIsPassedAsItsBytes() throws {
    let text = "Wie geht's? ∞ und drüber"
    var baseline = try GzipBaseline()
    baseline.prime(with: text.utf8.span)
    try baseline.compress(text.utf8.span)
    let size = try baseline.finish()
    #expect(size.bytes == text.utf8.count)
    #expect(size.compressedBytes < 8)
  }

  @Test func bitsAreCountedPerByteAndPerToken() {
    let size = GzipBaseline.Size(bytes: 400, compressedBytes: 100)
    #expect(size.bitsPerByte == 2)
    #expect(size.bits(per: 50) == 16)
    #expect(GzipBaseline.Size(bytes: 0, compressedBytes: 0).bitsPerByte == 0)
  }
}
