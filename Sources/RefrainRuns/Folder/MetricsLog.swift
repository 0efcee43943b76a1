internal import Foundation
public import Refrain

/// `metrics.csv`: one line per report of a training, for people and for spreadsheets.
public final class MetricsLog {
  private let path: String
  private let handle: FileHandle

  private static let header =
    "step,epoch,loss,validation_loss,learning_rate,tokens_per_second,seconds\n"
  private static let fieldCount = 7

  /// Opens the log of a run. Lines after step `step`, which a training that goes on will write again,
  /// are cut off.
  ///
  /// - Throws: ``/RefrainFiles/FileError``.
  public convenience init(_ path: String, after step: Int) throws {
    try self.init(path, isNew: step == 0) { $0.step <= step }
  }

  /// As ``init(_:after:)``, for a model that may have been saved before its step had all of its lines.
  ///
  /// - Throws: ``/RefrainFiles/FileError``.
  package convenience init(_ path: String, at progress: TrainingProgress) throws {
    try self.init(path, isNew: progress.step == 0) { line in
      if line.step != progress.step { return line.step < progress.step }
      return line.isEvaluation ? progress.sinceEvaluation.steps == 0 : progress.sinceLine == nil
    }
  }

  private init(_ path: String, isNew: Bool, keeps: (Line) -> Bool) throws {
    self.path = path
    var lines = Self.header
    if !isNew, FileManager.default.fileExists(atPath: path) {
      // What cannot be read is not replaced.
      let file = try ByteFile(path)
      let old = try file.read(at: 0, count: file.size)
      for line in Self.wholeLines(String(decoding: old, as: UTF8.self)) where keeps(line) {
        lines += line.text + "\n"
      }
    }
    try DurableFile.write(Array(lines.utf8), to: path)
    guard let handle = FileHandle(forWritingAtPath: path) else {
      throw FileError.unwritable(path: path, code: errno)
    }
    handle.seekToEndOfFile()
    self.handle = handle
  }

  /// A line of the file.
  private struct Line {
    let step: Int
    /// Whether it is of an evaluation, not of steps.
    let isEvaluation: Bool
    let text: Substring
  }

  /// The lines that were written to their end before the process was.
  private static func wholeLines(_ text: String) -> [Line] {
    // A spreadsheet may have written it, with line breaks of its own kind.
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.dropFirst().dropLast().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == fieldCount, let step = Int(fields[0]) else { return nil }
      return Line(step: step, isEvaluation: !fields[3].isEmpty, text: line)
    }
  }

  /// Adds a line for some steps, where one is due.
  ///
  /// - Throws: ``/RefrainFiles/FileError``.
  public func add(_ report: StepReport) throws {
    guard let loss = report.lineLoss else { return }
    try write(
      "\(report.step),\(decimal(report.epoch)),\(decimal(loss)),,"
        + "\(report.learningRate),\(Int(report.tokensPerSecond)),\(decimal(report.seconds))\n")
  }

  /// Adds a line for an evaluation.
  ///
  /// - Throws: ``/RefrainFiles/FileError``.
  public func add(_ report: EvaluationReport) throws {
    let loss = report.trainingLoss.map(decimal) ?? ""
    try write(
      "\(report.step),\(decimal(report.epoch)),\(loss),\(decimal(report.loss)),,,"
        + "\(decimal(report.seconds))\n")
  }

  private func write(_ line: String) throws {
    do { try handle.write(contentsOf: Data(line.utf8)) } catch {
      let code = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code
      throw FileError.unwritable(path: path, code: Int32(code ?? Int(ENOSPC)))
    }
  }

  private func decimal(_ value: Double) -> String { String(format: "%.6g", value) }
}
