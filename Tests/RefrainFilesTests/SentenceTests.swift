import RefrainFiles
import Testing

struct SentenceTests {
  private let sentence: Sentence =
    "\("file") has 3 tokens; leave out \(.tokens), " + "or \(.startFrom)."

  @Test func aLibraryCallsSettingsByTheirProperties() {
    #expect(sentence.description == "file has 3 tokens; leave out `tokens`, or `startFrom`.")
  }

  @Test func aProgramCallsThemAsItLikes() {
    let text = sentence.text { $0 == .tokens ? "A" : "B" }
    #expect(text == "file has 3 tokens; leave out A, or B.")
  }

  @Test func aSentenceWithoutSettingsIsItsText() {
    let sentence: Sentence = "a" + "b" + "\(1)"
    #expect(sentence.description == "ab1")
  }
}
