import RefrainText
import Testing

@Suite("Advice from the losses of a training")
struct TrainingAdviceTests {
  /// The sentences that a course of losses brings, and what is seen at its end.
  private func follow(
    _ losses: [(Double, Double)]
  ) -> (sentences: [String], finding: TrainingAdvice.Finding?) {
    var advice = TrainingAdvice()
    let sentences = losses.compactMap { advice.add(training: $0.0, validation: $0.1) }
    return (sentences, advice.finding)
  }

  @Test func nothingIsSaidOfTooFew() {
    let result = follow([(3, 3), (2, 2.1), (1, 2.5)])
    #expect(result.sentences.isEmpty)
    #expect(result.finding == nil)
  }

  @Test func bothFalling() {
    let result = follow((0..<10).map { (3 - 0.1 * Double($0), 3.05 - 0.1 * Double($0)) })
    #expect(result.sentences.isEmpty, "there is nothing to do about it before the end")
    #expect(result.finding == .falls)
  }

  @Test func learningByHeartIsSaidAgainOnlyWhenItLastsTwiceAsLong() {
    let rising = (0..<13).map { (1.5 - 0.05 * Double($0), 2 + 0.02 * Double($0)) }
    let result = follow([(2.2, 2.4), (1.9, 2.2), (1.6, 2.0)] + rising)
    #expect(result.finding == .learnsByHeart(evaluations: 13))
    let hearts = result.sentences.filter { $0.contains("by heart") }
    #expect(hearts.count == 3, "after 3, 6 and 12 evaluations")
    #expect(hearts.first?.contains("for 3 evaluations") == true)
    #expect(hearts.first?.contains("--dropout") == true)
  }

  @Test func trainingThatRunsAway() {
    let result = follow((0..<6).map { (2 - 0.2 * Double($0), 2.1 - 0.05 * Double($0)) })
    #expect(result.finding == .gapGrows)
    #expect(result.sentences.count == 1)
  }

  @Test func nothingFallsAnyMore() {
    let result = follow([(2, 2.1), (1.8, 1.9)] + Array(repeating: (1.7, 1.8), count: 6))
    #expect(result.finding == .stands)
    #expect(result.sentences.count == 1)
    #expect(result.sentences.first?.contains("--learning-rate") == true)
  }
}
