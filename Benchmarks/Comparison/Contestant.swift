import Foundation
import Synchronization

/// What a contestant said about one turn.
package struct Turn: Codable, Equatable, Sendable {
  /// Tokens, or frames, per second.
  package let tokensPerSecond: Double
  /// The most memory that its process has had in use so far, in bytes.
  package let peakBytes: Int

  package init(tokensPerSecond: Double, peakBytes: Int) {
    self.tokensPerSecond = tokensPerSecond
    self.peakBytes = peakBytes
  }

  enum CodingKeys: String, CodingKey {
    case tokensPerSecond = "tokens_per_second"
    case peakBytes = "peak_bytes"
  }
}

/// A process that has prepared one piece of work and does it when asked, as `Benchmarks/Peers/protocol.py`
/// describes. Whenever it is not its turn it is stopped, so that no thread of it waits busily.
package final class Contestant {
  private let name: String
  private let process = Process()
  private let requests = Pipe()
  private let output = Pipe()
  private let answers: AnswerLines
  private let complaints: URL

  /// What others did during its turns.
  package private(set) var disturbance = Disturbance()

  private static let running = Mutex<Set<Int32>>([])

  /// Starts `command`, and returns when it is ready.
  ///
  /// - Throws: ``ContestantError``.
  package init(
    name: String, command: [String], environment: [String: String], patience: Double = 300
  ) throws {
    self.name = name
    complaints = FileManager.default.temporaryDirectory
      .appendingPathComponent("side-by-side-\(UUID().uuidString).log")
    _ = FileManager.default.createFile(atPath: complaints.path, contents: nil)
    answers = AnswerLines(output.fileHandleForReading.fileDescriptor, patience: patience)
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = requests
    process.standardOutput = output
    process.standardError = try? FileHandle(forWritingTo: complaints)
    do { try process.run() } catch { throw ContestantError.cannotStart(name, command[0]) }
    let identifier = process.processIdentifier
    Self.running.withLock { _ = $0.insert(identifier) }
    // The other end belongs to the process alone: when it ends, reading ends.
    try? output.fileHandleForWriting.close()
    let ready = try answer(Ready.self)
    guard ready.ready else { throw failure("it is not ready") }
    kill(identifier, SIGSTOP)
  }

  private struct Ready: Decodable { let ready: Bool }

  /// Lets it work for about `seconds`; nobody else should compute meanwhile.
  ///
  /// - Throws: ``ContestantError``.
  package func turn(seconds: Double) throws -> Turn {
    let before = times()
    kill(process.processIdentifier, SIGCONT)
    defer { kill(process.processIdentifier, SIGSTOP) }
    guard process.isRunning,
      (try? requests.fileHandleForWriting.write(contentsOf: Data("\(seconds)\n".utf8))) != nil
    else { throw failure("it has ended") }
    let turn = try answer(Turn.self)
    if let before, let after = times() {
      let cores = Double(ProcessInfo.processInfo.activeProcessorCount)
      disturbance.add(
        busy: after.everybody - before.everybody, own: after.own - before.own,
        available: (after.clock - before.clock) / .seconds(1) * cores)
    }
    return turn
  }

  private func times() -> (clock: ContinuousClock.Instant, everybody: Double, own: Double)? {
    guard let everybody = ProcessorTime.everybody(),
      let own = ProcessorTime.process(process.processIdentifier)
    else { return nil }
    return (ContinuousClock.now, everybody, own)
  }

  /// Ends the process.
  package func end() {
    let identifier = process.processIdentifier
    _ = Self.running.withLock { $0.remove(identifier) }
    if process.isRunning { kill(identifier, SIGKILL) }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: complaints)
  }

  /// Ends every process that was started and not ended: they do not hear Ctrl-C while they are stopped.
  package static func endAll() {
    for identifier in running.withLock({ $0 }) { kill(identifier, SIGKILL) }
  }

  private func answer<Answer: Decodable>(_ type: Answer.Type) throws -> Answer {
    switch answers.next() {
    case .line(let line):
      guard let answer = try? JSONDecoder().decode(type, from: Data(line.utf8)) else {
        throw failure("it answered “\(line.prefix(200))”")
      }
      return answer
    case .end: throw failure("it has ended")
    case .silence: throw failure("it has not answered for \(Int(answers.patience)) seconds")
    }
  }

  /// An error with the last that the process complained of; the process is ended.
  private func failure(_ fault: String) -> ContestantError {
    let text = (try? String(contentsOf: complaints, encoding: .utf8)) ?? ""
    let last = text.split(separator: "\n").last.map(String.init)
    end()
    return .failed(name, fault, lastWords: last)
  }
}

/// Why somebody cannot take part.
package enum ContestantError: Error, Equatable, CustomStringConvertible {
  /// The program is not there or cannot be run.
  case cannotStart(String, String)
  /// It ended, was silent or said what makes no sense.
  case failed(String, String, lastWords: String?)

  /// One sentence for a person.
  package var description: String {
    switch self {
    case .cannotStart(let name, let path):
      return "\(name) cannot be started: see whether \(path) runs."
    case .failed(let name, let fault, let lastWords):
      let words = lastWords.map { " Its last words: \($0)" } ?? ""
      return "\(name) does not take part: \(fault).\(words)"
    }
  }
}
