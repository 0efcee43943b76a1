import RefrainText
import TestSupport
import Testing

struct StopTextTests {
  /// What is let through of a text in these pieces.
  private func filtered(_ pieces: [String], _ stop: String?) -> (text: String, isFound: Bool) {
    var filter = StopText(stop)
    let text = pieces.map { filter.append($0) }.joined()
    return (text + filter.finish(), filter.isFound)
  }

  /// Few letters, so that texts to stop at overlap with themselves and with what comes before.
  @Test(arguments: 0..<2000 as Range<UInt64>) func anyTextInAnyPieces(seed: UInt64) throws {
    var random = ReferenceRandom(seed: seed)
    func text(_ length: ClosedRange<Int>) -> String {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: length, using: &random) {
        text.append("ab\u{301}\r\n".unicodeScalars.randomElement(using: &random)!)
      }
      return String(text)
    }
    let stop = text(1...5)
    let pieces = (0..<20).map { _ in text(0...4) }
    let whole = Array(pieces.flatMap { Array($0.unicodeScalars) })
    let wanted = Array(stop.unicodeScalars)
    let place = whole.indices.first { whole[$0...].starts(with: wanted) }
    let (found, isFound) = filtered(pieces, stop)
    #expect(Array(found.unicodeScalars) == Array(whole[..<(place ?? whole.count)]))
    #expect(isFound == (place != nil))
  }

  @Test func withoutAStopEverythingIsLetThroughAtOnce() {
    for stop in [nil, ""] {
      var filter = StopText(stop)
      #expect(filter.append("abc") == "abc")
      #expect(filter.finish() == "" && !filter.isFound)
    }
  }

  @Test func onlyWhatMayBeTheStopIsHeldBack() {
    var filter = StopText("aab")
    #expect(filter.append("xa") == "x")
    #expect(filter.append("a") == "")
    #expect(filter.append("a") == "a")
    #expect(filter.append("c") == "aac")
    #expect(filter.append("aabzz") == "" && filter.isFound)
    #expect(filter.append("more") == "")
  }
}
