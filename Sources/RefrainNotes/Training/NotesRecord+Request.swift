internal import Refrain
internal import RefrainRuns

extension NotesRecord {
  /// Beginnings that are kept at most.
  private static let mostBeginnings = 256

  init(_ corpus: NotesCorpus, _ request: NotesTrainingRequest) {
    func timeSteps(_ pieces: [PianoRoll]) -> Int { pieces.reduce(0) { $0 + $1.frames.count } }
    sources = corpus.sources
    isCollection = corpus.isCollection
    stepsPerQuarter = corpus.stepsPerQuarter
    transpose = request.transpose
    validationFraction = request.validationFraction
    pieces = Parts(training: corpus.training.count, validation: corpus.validation.count)
    self.timeSteps = Parts(
      training: timeSteps(corpus.training), validation: timeSteps(corpus.validation))
    statistics = KeyStatistics(corpus.training)
    usual = NotesMeasures(corpus.training)
    let first = corpus.training.map { $0.frames.first { !$0.isEmpty }?.notes ?? [] }
    let stride = (first.count + Self.mostBeginnings - 1) / Self.mostBeginnings
    beginnings = first.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
    seed = request.configuration.seed
    sampleEvery = request.sampleEvery
    keep = request.keep > 0 ? request.keep : nil
  }
}
