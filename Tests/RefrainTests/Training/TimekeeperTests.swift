import Foundation
import Refrain
import Testing

extension TrainingTests {
  /// Trainings by minutes, on a clock that runs as fast as its steps say.
  @Suite("Minutes become steps")
  struct TimekeeperTests {
    struct Machine: CustomTestStringConvertible, Sendable {
      let testDescription: String
      /// Seconds of a step that begins at a time.
      var step: @Sendable (Double) -> Double = { _ in 0.02 }
      var evaluation = 0.5
      var evaluateEvery = 250
      /// Times at which everything stands still for twenty seconds.
      var pauses: [Double] = []
    }

    static let machines = [
      Machine(testDescription: "steady"),
      Machine(testDescription: "tiny steps", step: { _ in 0.0005 }, evaluateEvery: 10_000),
      Machine(testDescription: "steps of seconds", step: { _ in 2.5 }, evaluateEvery: 10),
      Machine(testDescription: "a dear evaluation", evaluation: 3, evaluateEvery: 100),
      Machine(testDescription: "stopped at its start", pauses: [1.5]),
      Machine(testDescription: "stopped twice", pauses: [1.5, 30]),
      Machine(testDescription: "busy at first", step: { $0 < 5 ? 0.15 : 0.02 }),
      Machine(testDescription: "busy at the end", step: { $0 > 50 ? 0.08 : 0.02 }),
      Machine(
        testDescription: "busy now and then",
        step: { Int($0 / 7) % 2 == 0 ? 0.02 : 0.06 }),
    ]

    /// Trains for a minute by the machine's clock.
    private func train(
      _ machine: Machine, seconds: Double = 60
    ) -> (seconds: Double, plan: StepPlan?, standstill: Double) {
      var (now, worked, step) = (0.0, 0.0, 0)
      let processor = Box()
      var pauses = machine.pauses
      var keeper = Timekeeper(seconds: seconds, processorSeconds: { processor.seconds })
      var plan: StepPlan?
      func work(_ seconds: Double) {
        now += seconds
        worked += seconds
        processor.seconds = worked
        if let pause = pauses.first, now >= pause {
          now += 20
          pauses.removeFirst()
        }
      }
      while plan.map({ step < $0.steps }) ?? (now < seconds) {
        keeper.begin(at: now)
        work(machine.step(now))
        step += 1
        let steps = keeper.steps(
          after: step, planned: plan?.steps, at: now, evaluateEvery: machine.evaluateEvery,
          evaluationInSteps: 10, endsSchedule: true)
        if let steps {
          if plan?.revise(decided: step, steps: steps) == nil {
            plan = StepPlan(decided: step, steps: steps)
          }
        }
        if step % machine.evaluateEvery == 0 {
          keeper.evaluates()
          work(machine.evaluation)
        }
      }
      if step % machine.evaluateEvery != 0 { work(machine.evaluation) }
      return (now, plan, keeper.takeStandstill())
    }

    @Test(arguments: machines) func aMinuteIsAMinute(machine: Machine) throws {
      let end = train(machine)
      let step = machine.step(end.seconds)
      #expect(abs(end.seconds - 60) <= max(0.03 * 60, step), "\(end)")
      let plan = try #require(end.plan)
      #expect(plan.revisions.count <= 60, "\(plan.revisions.count) revisions")
      #expect(abs(plan.share(before: plan.steps - 1, warmup: 0) - 1) < 1e-2)
      #expect(abs(end.standstill - 20 * Double(machine.pauses.count)) < 1)
    }

    @Test func atTheLastMomentAStepIsLeft() throws {
      // The clock stands still beyond the end: one step more, with the rate of the schedule's end.
      let late = train(Machine(testDescription: "", pauses: [55]))
      let plan = try #require(late.plan)
      #expect(late.seconds < 76 && plan.steps == plan.decided + 1)
      #expect(plan.share(before: plan.steps - 1, warmup: 0) == 1)
      // A step longer than all the time is not followed by another.
      #expect(train(Machine(testDescription: "", step: { _ in 90 })).plan?.steps == 1)
    }
  }

  private final class Box: @unchecked Sendable { var seconds = 0.0 }

  @Suite("Plans of steps")
  struct StepPlanTests {
    private func plan(_ revisions: (Int, Int)...) -> StepPlan {
      var plan = StepPlan(decided: revisions[0].0, steps: revisions[0].1)
      for revision in revisions.dropFirst() {
        plan.revise(decided: revision.0, steps: revision.1)
      }
      return plan
    }

    @Test func aRevisionGoesOnWhereTheScheduleIs() {
      let plan = plan((10, 110), (60, 160), (150, 170))
      let shares = (0...170).map { plan.share(before: $0, warmup: 0) }
      #expect(shares[10] == 0 && shares[60] == 0.5 && shares[169] == 1)
      #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 && $1 - $0 < 0.011 })
      #expect(plan.share(before: 40, warmup: 50) == 0)
      #expect(plan.known(after: 59) == self.plan((10, 110)) && plan.known(after: 9) == nil)
      #expect(plan.known(after: 60) == self.plan((10, 110), (60, 160)))
    }

    @Test func itIsWrittenAsBeforeThereWereRevisions() throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let old = try encoder.encode(plan((3, 9)))
      #expect(String(decoding: old, as: UTF8.self) == #"{"decided":3,"steps":9}"#)
      for plan in [plan((3, 9)), plan((3, 9), (5, 20), (7, 8))] {
        #expect(try JSONDecoder().decode(StepPlan.self, from: encoder.encode(plan)) == plan)
      }
      let bad = [
        #"{"decided":3,"steps":9,"revisions":[]}"#,
        #"{"decided":3,"steps":9,"revisions":[{"decided":3,"steps":8}]}"#,
        #"{"decided":3,"steps":9,"revisions":[{"decided":4,"steps":8},{"decided":3,"steps":9}]}"#,
      ]
      for json in bad {
        #expect(throws: DecodingError.self) {
          try JSONDecoder().decode(StepPlan.self, from: Data(json.utf8))
        }
      }
    }
  }
}
