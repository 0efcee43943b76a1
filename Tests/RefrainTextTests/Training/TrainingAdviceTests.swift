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

  /// Losses that change by the same amount from one evaluation to the next.
  private func line(
    _ count: Int, training: (Double, Double), validation: (Double, Double)
  ) -> [(Double, Double)] {
    (0..<count).map { index in
      let time = Double(index)
      return (training.0 + time * training.1, validation.0 + time * validation.1)
    }
  }

  @Test func nothingIsSaidOfTooFew() {
    let result = follow([(3, 3), (2, 2.1), (1, 2.5)])
    #expect(result.sentences.isEmpty)
    #expect(result.finding == nil)
  }

  @Test func bothFalling() {
    let result = follow(line(10, training: (3, -0.1), validation: (3.05, -0.1)))
    #expect(result.sentences.isEmpty, "there is nothing to do about it before the end")
    #expect(result.finding == TrainingAdvice.Finding.falls)
  }

  @Test func learningByHeartIsSaidAgainOnlyWhenItLastsTwiceAsLong() {
    let rising = line(13, training: (1.5, -0.05), validation: (2.01, 0.02))
    let result = follow([(2.2, 2.4), (1.9, 2.2), (1.6, 2.0)] + rising)
    #expect(result.finding == TrainingAdvice.Finding.learnsByHeart(evaluations: 13))
    let hearts = result.sentences.filter { $0.contains("by heart") }
    #expect(hearts.count == 3, "after 3, 6 and 12 evaluations")
    #expect(hearts.first?.contains("for 3 evaluations") == true)
    #expect(hearts.first?.contains("--dropout") == true)
  }

  @Test func trainingThatRunsAway() {
    let result = follow(line(6, training: (2, -0.2), validation: (2.1, -0.05)))
    #expect(result.finding == TrainingAdvice.Finding.gapGrows)
    #expect(result.sentences.count == 1)
  }

  @Test func nothingFallsAnyMore() {
    let result = follow([(2, 2.1), (1.8, 1.9)] + Array(repeating: (1.7, 1.8), count: 6))
    #expect(result.finding == TrainingAdvice.Finding.stands)
    #expect(result.sentences.count == 1)
    #expect(result.sentences.first?.contains("--learning-rate") == true)
  }
}
