import Foundation
import Testing

@Suite("refrain doctor, benchmark and demo")
struct MachineTests {
  @Test("The doctor finds nothing wrong", arguments: ["", "portable"])
  func doctor(kernels: String) throws {
    let sandbox = try Sandbox()
    let prefix = kernels.isEmpty ? ":" : "export REFRAIN_KERNELS=\(kernels)"
    let outcome = try sandbox.refrain(after: prefix, ["doctor"])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("✓") && !outcome.output.contains("✗"))
    let values = try #require(
      try sandbox.refrain(after: prefix, ["doctor", "--json"]).jsonLines().first)
    #expect(values["passed"] as? Bool == true)
    if !kernels.isEmpty { #expect(values["kernels"] as? String == kernels) }
    let checks = try #require(values["checks"] as? [[String: Any]])
    #expect(checks.count == 6 && checks.allSatisfy { $0["passed"] as? Bool == true })
  }

  @Test("The doctor says that a folder cannot be written")
  func unwritable() throws {
    let sandbox = try Sandbox()
    let outcome = try sandbox.refrain(after: "cd /proc 2>/dev/null || cd /System", ["doctor"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("✗ This folder can be written: "))
    #expect(outcome.output.contains("Something does not work"))
  }

  @Test(
    "A benchmark is what its name says",
    arguments: [
      "train-gru-V11-H9x2-T4-B3", "generate-rnn-V5-H7x1", "generate-lstm-V5-H7x1-i8",
      "train-music-T2-B3",
    ])
  func benchmark(name: String) throws {
    let sandbox = try Sandbox()
    let outcome = try sandbox.refrain(
      ["benchmark", name, "--repeat", "1", "--threads", "2", "--json"])
    let values = try #require(try outcome.jsonLines().first)
    let speed = name.contains("music") ? "frames_per_second" : "tokens_per_second"
    #expect(
      Set(values.keys) == [
        "benchmark", speed, "threads", "kernels", "limit", "share_of_limit",
      ])
    #expect(values["benchmark"] as? String == name)
    #expect(values["threads"] as? Int == 2)
    #expect((values[speed] as? Double ?? 0) > 0)
    let limits = name.hasPrefix("train") ? ["multiply_add"] : ["multiply_add", "reading"]
    #expect(limits.contains(values["limit"] as? String ?? ""))
    #expect((values["share_of_limit"] as? Double ?? -1) >= 0)
  }

  @Test("Beside other programs, every benchmark is measured with all threads and with one")
  func busyBenchmark() throws {
    let sandbox = try Sandbox()
    let options = ["--busy", "--repeat", "1", "--threads", "2"]
    let name = "train-lstm-V11-H9x2-T4-B3"
    let outcome = try sandbox.refrain(["benchmark", name, "--json"] + options)
    let values = try #require(try outcome.jsonLines().first)
    let speeds = [
      "tokens_per_second", "busy_tokens_per_second", "busy_one_thread_tokens_per_second",
    ].map { values[$0] as? Double ?? 0 }
    #expect(values.count == 6 && values["benchmark"] as? String == name)
    #expect(speeds.allSatisfy { $0 > 0 }, "\(values)")
    let share = values["busy_share"] as? Double ?? 0
    #expect(abs(share - speeds[1] / speeds[0]) < 0.001)

    let table = try sandbox.refrain(["benchmark", "generate-rnn-V5-H7x1"] + options)
    let rows = table.output.split(separator: "\n")
    #expect(rows.last?.hasPrefix("  generate-rnn-V5-H7x1") == true, "\(table.output)")
    #expect(Set(rows.suffix(2).map(\.count)).count == 1, "The columns are not below their names.")
  }

  @Test(
    "A name that says nothing is refused",
    arguments: [
      "lstm", "train-lstm-V65-H128x2", "generate-lstm-V65-H128x2-T50-B50",
      "train-cnn-V1-H1x1-T1-B1",
      "train-lstm-V65-H0x2-T50-B50", "train-lstm-V65-H-8x2-T50-B50", "train-lstm-V065-H8x2-T50-B50",
      "generate-lstm-V65-H128", "generate-lstm-V65-Hxx2", "generate-lstm-V65-H900000x900000",
      "train-lstm-V65-H128x2-T50-B50-", "generate-lstm-V65-H128x2-f32", "",
      "generate-music", "generate-music-T40-B64", "train-music", "train-music-T0-B64",
      "train-music-T40", "train-music-T1048575-B1048575", "train-music-V1025-H128x3-T40-B64",
    ])
  func badName(name: String) throws {
    let outcome = try Sandbox().refrain(["benchmark", name, "--repeat", "1"])
    expectUsageError(outcome, "“\(name)” ")
  }

  @Test("The demo fills a folder and never touches one that is there")
  func demo() throws {
    let sandbox = try Sandbox()
    let outcome = try sandbox.refrain(["demo", "--seconds", "1"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for words in [
      "i grew up in france. i speak fluent french.", "LSTM 28 knows it by heart",
      "RNN 28 knows it by heart", "GRU 28 knows it by heart", "temperature 0.3", "What next",
    ] {
      #expect(outcome.output.contains(words), "\(words)")
    }
    let said = try sandbox.refrain([
      "generate", "refrain-demo/simple-gru.safetensors", "--prompt", "i", "--temperature", "0",
      "--length", "42",
    ])
    #expect(said.output == "i grew up in france. i speak fluent french.\n")
    #expect(try sandbox.refrain(["evaluate", "refrain-demo/song-run"]).status == 0)
    for name in ["original", "generated"] {
      #expect(try sandbox.bytes("refrain-demo/\(name).flac").starts(with: Data("fLaC".utf8)))
      #expect(try sandbox.bytes("refrain-demo/\(name).png").starts(with: [0x89, 0x50, 0x4e, 0x47]))
    }
    let more = try sandbox.refrain([
      "generate", "refrain-demo/music-run", "--seconds", "0.5", "--output", "more.flac",
    ])
    #expect(more.status == 0, "\(more.errors)")
    let again = try sandbox.refrain(["demo"])
    #expect(again.status == 1 && again.errors.contains("refrain-demo exists already"))
    expectOneSentence(again)
  }
}
