import Foundation
import Refrain
import RefrainRuns
import RefrainMusic

/// How a training on music is told.
extension MusicMaterial: CommandMaterial {
  static let plural = "music"
  static let predicate = "is sound"
  static let files = "sound files"

  var words: MaterialWords {
    MaterialWords(
      title: "Music", element: "frame", shortElements: "frames", speed: "frames_per_second",
      fewSteps: (200, "most music needs a thousand or more"))
  }

  /// Remarks on single files that are shown; programs are told all of them.
  private static let shownRemarks = 6

  func lines(of run: MusicRun) -> [String] {
    let settings = corpus.settings
    let cut =
      "\(corpus.frames.count.of("frame")) of \(run.record.frameInWords), "
      + "\(settings.frameRate.fixed(1)) per second"
    let split =
      !frames.validation.isEmpty
      ? "\(cut): \(frames.training.count.grouped) for training, "
        + "\(frames.validation.count.grouped) for validation."
      : "\(cut). All of them are for training, none for validation."
    let lines = corpus.report.lines
    let rest = lines.count - 1 - Self.shownRemarks
    return lines.prefix(1 + Self.shownRemarks)
      + (rest > 0 ? ["And \(rest.of("more remark")) on files."] : []) + [split]
  }

  func measures(_ loss: Double, of description: ModelDescription) -> String {
    "\(loss.fixed(4)) \(description.lossInWords)"
  }

  var columns: [(name: String, width: Int)] { [("error", 9), ("copying", 9), ("gain", 7)] }

  func cells(_ report: EvaluationReport, _ sample: RollOut?) -> [String] {
    guard let evaluation = sample?.evaluation, evaluation.frames > 0 else {
      return ["-", "-", "-"]
    }
    let gain = evaluation.gain
    return [
      evaluation.error.asError, evaluation.copyError.asError, gain > 0 ? gain.percent : "none",
    ]
  }

  static func lines(of rollOut: RollOut) -> [String] {
    let verdict = rollOut.verdict.map { verdict in
      "It \(verdict.sentence)." + (verdict.advice.map { " Advice: \($0.inCommand)." } ?? "")
    }
    return ["♪ \(rollOut.sound)"] + (verdict.map { ["  \($0)"] } ?? [])
  }

  static func closing(_ run: MusicRun) throws -> [String] {
    guard let evaluation = try run.bestEvaluation(), evaluation.frames > 0 else { return [] }
    return [evaluation.sentenceOfBest]
  }

  static func commandToGenerate(_ run: MusicRun) -> String {
    "refrain generate \(run.folder.path.quotedForShell) --seconds 30 --output new.flac"
  }

  func json(of run: MusicRun) -> [(String, JSONValue)] {
    let settings = corpus.settings
    return [
      ("recordings", .integer(corpus.places.count)), ("seconds", .number(corpus.report.seconds)),
      ("frames", .integer(corpus.frames.count)), ("values", .integer(corpus.scale.size)),
      ("channels", .integer(corpus.scale.channels)),
      ("sample_rate", .integer(settings.sampleRate)), ("window", .integer(settings.window)),
      ("hop", .integer(settings.hop)), ("training_frames", .integer(frames.training.count)),
      ("validation_frames", .integer(frames.validation.count)),
      ("report", .array(corpus.report.lines.map { .string($0) })),
    ]
  }

  static func json(of rollOut: RollOut) -> (event: String, members: [(String, JSONValue)]) {
    (
      "rollout",
      rollOut.evaluation.jsonMembers + [
        ("verdict", .string(orNull: rollOut.verdict?.sentence)),
        ("advice", .string(orNull: rollOut.verdict?.advice?.inCommand)),
        ("sound", .string(rollOut.sound)),
        ("picture", .string(rollOut.picture)),
      ]
    )
  }
}

extension MusicRecord {
  /// The size of a frame: `1,025 values`, `2 × 1,025 values`.
  var frameInWords: String {
    (layout == .stereo ? "2 × " : "") + settings.bins.of("value")
  }
}

extension MusicEvaluation {
  /// How good the predictions of a run's best model are, in a sentence.
  var sentenceOfBest: String {
    let outcome = gain > 0 ? "\(gain.percent) less" : "it has to be trained longer"
    return
      "The model of that step (best.safetensors, which refrain generate uses) predicts the next frame "
      + "with an error of \(error.asError); copying the last frame has an error of "
      + "\(copyError.asError): \(outcome)."
  }

  /// The errors and how many frames they rest on; null where there are none.
  var jsonMembers: [(String, JSONValue)] {
    let isKnown = frames > 0
    return [
      ("frames", .integer(frames)), ("error", .number(orNull: isKnown ? error : nil)),
      ("copy_error", .number(orNull: isKnown ? copyError : nil)),
      ("mean_error", .number(orNull: isKnown ? meanError : nil)),
      ("gain", .number(orNull: isKnown ? gain : nil)),
    ]
  }
}

extension ModelDescription {
  /// What the loss of a network of frames counts.
  var lossInWords: String {
    if case .mixture = output { return "nats per value" }
    return "of squared error"
  }
}

extension Double {
  /// With three digits: `0.000812`, `0.0152`, `1.02`.
  var asError: String { String(format: "%.3g", self) }

  /// As whole percent: `64%`.
  var percent: String { isFinite ? "\((self * 100).fixed(0))%" : "-" }
}
