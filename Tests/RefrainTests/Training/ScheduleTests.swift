import Foundation
import Refrain
import Testing

extension TrainingTests {
  @Suite("Schedule")
  struct ScheduleTests {
    private func factors(
      _ schedule: Schedule, _ steps: [Int], plan: StepPlan? = nil, plateaus: Int = 0
    ) -> [Double] {
      steps.map { schedule.factor(step: $0, plan: plan, plateaus: plateaus) }
    }

    @Test func warmUpGrowsToTheHighestRate() {
      let schedule = Schedule(.constant, warmup: 4)
      #expect(factors(schedule, [0, 1, 2, 3, 4, 5000]) == [0.2, 0.4, 0.6, 0.8, 1, 1])
      #expect(factors(Schedule(.constant), [0, 9]) == [1, 1])
    }

    @Test func stepsAndPlateaus() {
      let steps = Schedule(.step(every: 10, factor: 0.5))
      #expect(factors(steps, [0, 9, 10, 19, 20, 39]) == [1, 1, 0.5, 0.5, 0.25, 0.125])
      let plateau = Schedule(.plateau(patience: 2, factor: 0.1))
      #expect(factors(plateau, [3], plateaus: 0) == [1])
      #expect(factors(plateau, [3], plateaus: 2) == [0.1 * 0.1])
    }

    @Test func cosineFallsToItsFloor() {
      let schedule = Schedule(.cosine(floor: 0.1))
      let plan = StepPlan(steps: 100)
      let found = factors(schedule, Array(0...120), plan: plan)
      for (step, factor) in found.enumerated() {
        let part = min(Double(step) / 100, 1)
        #expect(abs(factor - (0.1 + 0.9 * 0.5 * (1 + cos(.pi * part)))) < 1e-15)
      }
      #expect(found[0] == 1 && abs(found[120] - 0.1) < 1e-15)
      #expect(zip(found, found.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test func cosineStaysHighUntilItsEndIsKnown() {
      let schedule = Schedule(.cosine(floor: 0), warmup: 3)
      #expect(factors(schedule, [3, 40, 5000]) == [1, 1, 1])
      let late = StepPlan(decided: 40, steps: 60)
      let found = factors(schedule, [2, 3, 40, 50, 60], plan: late)
      #expect(found[1] == 1 && found[2] == 1)
      #expect(abs(found[3] - 0.5) < 1e-15 && abs(found[4]) < 1e-15)
    }
  }
}
