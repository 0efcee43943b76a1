import Foundation
import Refrain
import Testing

@testable import RefrainText

/// The text in the folder `shared/data` beside the project, or beside a folder that it lies in.
private let shakespeareFile: URL? = {
  var folder = URL(filePath: #filePath)
  while folder.pathComponents.count > 1 {
    folder.deleteLastPathComponent()
    let file = folder.appending(path: "shared/data/tinyshakespeare.txt")
    if FileManager.default.fileExists(atPath: file.path) { return file }
  }
  return nil
}()

/// The baselines on real text, the last tenth predicted from what comes before.
@Suite(
  .enabled(if: shakespeareFile != nil, "shared/data/tinyshakespeare.txt is not beside the project")
)
struct TinyShakespeareBaselineTests {
  @Test func kneserNeyIsAsGoodAsFiveCharactersCanBe() throws {
    let (tokens, vocabularySize) = try characters()
    let corpus = InMemoryCorpus(tokens: tokens)
    let split = tokens.count * 9 / 10
    var model = KneserNeyModel(vocabularySize: vocabularySize)
    try model.train(on: corpus, upTo: split)
    let found = try model.negativeLogLikelihood(of: corpus, from: split)
    let nats = found.nats / Double(found.tokens)
    print("Kneser-Ney of order 5: \(nats) nats per character")
    #expect(nats > 1.4 && nats < 1.75)
  }

  @Test func gzipIsFarWorse() throws {
    let text = Array(try Data(contentsOf: #require(shakespeareFile)))
    let split = text.count * 9 / 10
    var baseline = try GzipBaseline()
    baseline.prime(with: text.span.extracting(..<split))
    try baseline.compress(text.span.extracting(split...))
    let bits = try baseline.finish().bitsPerByte
    print("gzip: \(bits) bits per character")
    #expect(bits > 2.5 && bits < 4)
  }

  /// The text's bytes, which are its characters, numbered in order of their code.
  private func characters() throws -> (tokens: [Int32], vocabularySize: Int) {
    let text = try Data(contentsOf: #require(shakespeareFile))
    let symbols = Set(text).sorted()
    var index = [Int32](repeating: 0, count: 256)
    for (i, symbol) in symbols.enumerated() { index[Int(symbol)] = Int32(i) }
    return (text.map { index[Int($0)] }, symbols.count)
  }
}
