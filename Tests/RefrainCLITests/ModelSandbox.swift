import Foundation
import Testing

/// Models that were trained once and that many tests use.
enum TrainedModels {
  private static let characters = Result { try train([]) }
  private static let bytes = Result { try train(["--tokens", "byte"]) }

  private static func train(_ options: [String]) throws -> Sandbox {
    let sandbox = try Sandbox()
    sandbox.removeAtExit()
    try sandbox.write(poem, to: "in.txt")
    let outcome = try sandbox.refrain(
      ["train", "in.txt", "--to", "run", "--steps", "200", "--learning-rate", "0.01"] + small
        + options)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return sandbox
  }

  /// A sandbox in which `run` has been trained on `in.txt`; tests only read these two.
  static func sandbox() throws -> Sandbox { try characters.get() }

  /// The same with a model of bytes.
  static func sandboxOfBytes() throws -> Sandbox { try bytes.get() }
}

extension Sandbox {
  /// What `refrain generate run` writes with these options.
  func generated(_ options: [String]) throws -> String {
    let outcome = try refrain(["generate", "run"] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }
}

/// Expects a command line that is refused in words that contain `words`.
func expectUsageError(_ outcome: Outcome, _ words: String) {
  #expect(outcome.status == 64)
  #expect(outcome.output.isEmpty)
  #expect(outcome.errors.hasPrefix("refrain: "))
  #expect(outcome.errors.contains(words), "\(outcome.errors)")
}
