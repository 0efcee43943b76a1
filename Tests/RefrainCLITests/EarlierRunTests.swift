import Foundation
import Refrain
import Testing

#if os(Linux) && arch(x86_64)
  // The last bits of sound and of logarithms are another system's own.

  /// What earlier versions have begun is what this one goes on with and makes, to the last byte; and what is
  /// trained anew stays.
  ///
  /// With `REFRAIN_RECORD` set, the tests write the files instead: only for a case that is new. Set to `trained`,
  /// they write what is trained anew once more: only where new trainings follow new rules, as the change log says.
  @Suite("Runs of earlier versions")
  struct EarlierRunTests {
    private static let recording = ProcessInfo.processInfo.environment["REFRAIN_RECORD"]
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/EarlierRuns").path

    @Test(arguments: EarlierRun.all)
    func stays(_ test: EarlierRun) throws {
      let sandbox = try Sandbox()
      try copy("inputs", to: sandbox)
      if let recording = Self.recording {
        return try recording == "trained" ? recordTrained(test, sandbox) : record(test, sandbox)
      }
      let expected = try self.expected(test)
      for (kernels, hash) in try trained(test, sandbox) {
        #expect(hash == expected.trained[kernels], "trained anew with \(kernels) kernels")
      }
      guard test.isKept else { return }
      let outcomes = try outcomes(test, in: sandbox)
      #expect(outcomes.resumed == expected.resumed)
      #expect(outcomes.generated == expected.generated)
      #expect(outcomes.evaluated == expected.evaluated)
      #expect(outcomes.information == expected.information)
    }

    /// What comes of the run that is kept.
    private func outcomes(
      _ test: EarlierRun, in sandbox: Sandbox
    ) throws -> EarlierRun.Outcomes {
      try copy(test.name, to: sandbox)
      let configuration = try JSONDecoder().decode(
        Configuration.self, from: sandbox.bytes(test.name + "/config.json"))
      let old = (configuration.inputs[0] as NSString).deletingLastPathComponent
      return try test.outcomes(of: test.name, inputsWere: old, in: sandbox)
    }

    private struct Configuration: Decodable { let inputs: [String] }

    private func expected(_ test: EarlierRun) throws -> EarlierRun.Outcomes {
      try JSONDecoder().decode(
        EarlierRun.Outcomes.self, from: Data(contentsOf: expectations(test)))
    }

    /// The hash of the model that each set of kernels trains.
    private func trained(_ test: EarlierRun, _ sandbox: Sandbox) throws -> [String: String] {
      var trained: [String: String] = [:]
      for kernels in KernelChoice.allCases where kernels.isAvailable {
        trained[kernels.rawValue] = try test.train(in: sandbox, kernels: kernels)
      }
      return trained
    }

    private func expectations(_ test: EarlierRun) -> URL {
      URL(filePath: Self.fixtures + "/expected/\(test.name).json")
    }

    private func copy(_ name: String, to sandbox: Sandbox) throws {
      try FileManager.default.copyItem(
        atPath: Self.fixtures + "/" + name, toPath: sandbox.path(name))
    }

    private func record(_ test: EarlierRun, _ sandbox: Sandbox) throws {
      if FileManager.default.fileExists(atPath: expectations(test).path) { return }
      let trained = try trained(test, sandbox)
      var outcomes = EarlierRun.Outcomes()
      if test.isKept {
        let (run, kept) = (test.name + "-portable", Self.fixtures + "/" + test.name)
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
        for file in ["config.json", "last.safetensors", "metrics.csv"] {
          try sandbox.bytes("\(run)/\(file)").write(to: URL(filePath: kept + "/" + file))
        }
        try sandbox.remove("inputs")
        let another = try Sandbox()
        try copy("inputs", to: another)
        outcomes = try self.outcomes(test, in: another)
      }
      outcomes.trained = trained
      try write(outcomes, test)
    }

    private func recordTrained(_ test: EarlierRun, _ sandbox: Sandbox) throws {
      var outcomes = try expected(test)
      outcomes.trained = try trained(test, sandbox)
      try write(outcomes, test)
    }

    private func write(_ outcomes: EarlierRun.Outcomes, _ test: EarlierRun) throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      try encoder.encode(outcomes).write(to: expectations(test))
    }
  }
#endif
