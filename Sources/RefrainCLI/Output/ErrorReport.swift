import ArgumentParser
import Foundation
import Refrain

/// A command line that asks for something that cannot be: exit status 64.
struct UsageError: Error, CustomStringConvertible {
  /// One sentence that names the option and says what to do.
  let description: String

  init(_ description: String) { self.description = description }
}

/// A failure in the words of the command: exit status 1.
struct Failure: Error, CustomStringConvertible {
  /// One sentence that says what to do.
  let description: String

  init(_ description: String) { self.description = description }
}

/// What is said about an error, and the status to exit with.
struct ErrorReport {
  /// What the user reads; empty for nothing.
  let text: String
  /// 0 for `--help` and the like, 64 for a wrong command line, 1 for everything else.
  let status: Int32

  /// - Parameter root: the command whose parser may have thrown the error.
  init(_ error: any Error, of root: any ParsableCommand.Type) {
    if let error = error as? UsageError {
      (text, status) = ("refrain: " + error.description, ExitCode.validationFailure.rawValue)
    } else if let error = error as? OutputError, error.code == EPIPE {
      // Nobody reads any more, as after “| head”: the end that the signal would have made.
      (text, status) = ("", 128 + SIGPIPE)
    } else if error is ExitCode || Self.isOfParser(error) {
      let message = root.fullMessage(for: error)
      let prefix = "Error: "
      text = message.hasPrefix(prefix) ? "refrain: " + message.dropFirst(prefix.count) : message
      status = root.exitCode(for: error).rawValue
    } else {
      (text, status) = ("refrain: " + Self.sentence(of: error), 1)
    }
  }

  /// Writes the text and ends the process.
  func end() -> Never {
    let terminal = status == 0 ? Terminal.output : Terminal.error
    if !text.isEmpty { try? terminal.line(text) }
    exit(status)
  }

  /// One sentence, without a trace of how errors look inside the program.
  static func sentence(of error: any Error) -> String {
    if let error = error as? any SentenceError {
      return finished(error.sentence.inCommand)
    }
    let isFoundations = type(of: error) is NSError.Type || error is CocoaError
    let text =
      (isFoundations ? nil : (error as Any) as? any CustomStringConvertible)?.description
      ?? (error as NSError).localizedDescription
    return finished(text)
  }

  private static func finished(_ text: String) -> String {
    text.last.map { ".!?".contains($0) } == true ? text : text + "."
  }

  /// Whether the parser of the command line threw the error: it alone can put it into words.
  private static func isOfParser(_ error: any Error) -> Bool {
    error is ValidationError || error is CleanExit
      || String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
  }
}

extension Sentence {
  /// The sentence with the options of the command.
  var inCommand: String { text(naming: \.inCommand) }
}

extension Sentence.Setting {
  /// The option or the subcommand: `--start-from`, `refrain resume`.
  fileprivate var inCommand: String {
    if [.resume, .train].contains(self) { return "refrain \(rawValue)" }
    let name = rawValue.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
    return "--" + name + (self == .moved ? " OLD=NEW" : "")
  }
}
