// CountedWork NAME STEPS: runs exactly STEPS steps of a benchmark on one thread, for counting their
// instructions: see .ci/check-instruction-counts.
import Foundation
import Refrain
import RefrainTools

/// What is counted, and nothing else: the tool that counts looks for this function's name. What a process
/// does once at its first step is among it, some ten thousand instructions.
@inline(never) func countedSteps(_ count: Int, of step: () -> Int) -> Int {
  var tokens = 0
  for _ in 0..<count { tokens += step() }
  return tokens
}

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("CountedWork: \(message)\n".utf8))
  exit(64)
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let name = arguments.first,
  let steps = arguments.last.flatMap(Int.init), (1...1_000_000).contains(steps)
else { fail("give a benchmark's name and a number of steps: train-lstm-V28-H28x1-T50-B50 1.") }
do {
  let benchmark = Result { try SpeedBenchmark(name: name) }
  let step: () -> Int
  if case .failure = benchmark, let training = CountedTraining(name: name) {
    step = try training.step()
  } else {
    step = try SpeedMeasurement(benchmark.get(), threads: 1).step
  }
  let tokens = countedSteps(steps, of: step)
  print("\(tokens) tokens with \(KernelChoice.best.rawValue) kernels")
} catch {
  fail("\(error)")
}
