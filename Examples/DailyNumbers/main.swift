import Foundation
import Refrain
import RefrainRuns

// DailyNumbers train FILE RUN, or resume, evaluate or generate RUN.
do {
  try await obey(Array(CommandLine.arguments.dropFirst()))
} catch {
  print("DailyNumbers: \(error)")
  exit(1)
}

func obey(_ words: [String]) async throws {
  switch (words.first, words.count) {
  case ("train", 3):
    var request = TrainingRequest<DailyNumbers>(inputs: [words[1]], options: .init())
    request.configuration.batchSize = 8
    request.configuration.learningRate = 0.005
    request.configuration.evaluateEvery = 50
    request.configuration.patience = 4
    request.limits = TrainingLimits(steps: 600)
    try await follow(Run(request, to: words[2]))
  case ("resume", 2): try await follow(Run(resuming: words[1]))
  case ("evaluate", 2):
    let (model, days) = try opened(words[1])
    let errors = days.errors(of: model.network)
    print("mean error \(errors.expected); of the day before's number \(errors.before)")
  case ("generate", 2):
    let (model, days) = try opened(words[1])
    for number in days.days(28, after: days.numbers[...], model.network, seed: 1) { print(number) }
  default: print("DailyNumbers train FILE RUN, or resume, evaluate or generate RUN")
  }
}

func follow(_ run: Run<DailyNumbers>) async throws {
  for try await case .training(.evaluation(let report)) in run {
    print("step \(report.step): \(report.loss) nats per day")
  }
}

func opened(_ run: String) throws -> (TrainedModel, DailyNumbers) {
  let model = try TrainedModel(run)
  let record = try model.record(of: DailyNumbers.self)
  return (
    model,
    try DailyNumbers(
      reopening: record, of: model.file, in: RunFolder(run), moved: MovedPaths())
  )
}
