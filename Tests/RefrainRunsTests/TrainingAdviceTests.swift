import Refrain
import RefrainRuns
import Testing

@Suite("Advice from the losses of a training")
struct TrainingAdviceTests {
  /// The sentences that a course of losses brings, and what is seen at its end.
  private func follow(
    _ losses: [(Double, Double)], output: ModelDescription.Output = .softmax(9)
  ) -> (sentences: [String], finding: TrainingAdvice.Finding?) {
    var advice = TrainingAdvice(learning: "song", output: output)
    let sentences = losses.compactMap { advice.add(training: $0.0, validation: $0.1)?.description }
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
    #expect(hearts.first?.contains("`dropout`") == true)
    #expect(hearts.first?.contains("the song by heart") == true)
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
    #expect(result.sentences.first?.contains("`learningRate`") == true)
  }

  // MARK: - The loss of a density

  private static let mixture = ModelDescription.Output.mixture(components: 2, size: 3, history: 1)

  /// Wherever the losses lie, their courses say the same; zero is nothing special.
  @Test(arguments: [-3, -0.2, 0, 0.1, 2])
  func aDensityIsJudgedByDifferences(height: Double) {
    func finding(
      training: (Double, Double), validation: (Double, Double)
    ) -> TrainingAdvice.Finding? {
      let losses = line(
        6, training: (training.0 + height, training.1),
        validation: (validation.0 + height, validation.1))
      return follow(losses, output: Self.mixture).finding
    }
    #expect(finding(training: (0, -0.02), validation: (0.01, -0.02)) == .falls)
    #expect(finding(training: (0, -0.0002), validation: (0.01, -0.0002)) == .stands)
    #expect(
      finding(training: (0, -0.02), validation: (0.01, 0.001)) == .learnsByHeart(evaluations: 5))
    #expect(finding(training: (0, 0.001), validation: (0.01, 0.001)) == .stands)
    #expect(finding(training: (0, -0.02), validation: (0.02, -0.01)) == .gapGrows)
    // A gap that is there from the beginning, or is small, is none to speak of.
    #expect(finding(training: (0, -0.01), validation: (0.2, -0.01)) == .falls)
    #expect(finding(training: (0, -0.006), validation: (0, -0.002)) == .falls)
  }

  @Test func theSquaredErrorOfFramesIsJudgedByShares() {
    let losses = line(6, training: (0.001, -0.00002), validation: (0.001, -0.00002))
    #expect(follow(losses, output: .linear(loss: .meanSquaredError)).finding == .falls)
    #expect(follow(losses, output: Self.mixture).finding == .stands)
  }
}
