import Foundation
import Refrain
import TestSupport
import Testing

/// Each kernel set by itself: between two of them the last bits may differ.
@Suite("The same training leaves the same bytes with any number of threads")
struct KernelThreadTests {
  private static let steps = ["--steps", "\(TestLength.count(short: 6, long: 200))"]
  private static let rare = ["--evaluate-every", "100", "--sample-every", "100000"]

  static let cases = [
    [
      "in.txt", "--hidden", "40", "--batch-size", "11", "--sequence-length", "20", "--dropout",
      "0.1",
    ],
    [
      "songs", "--hidden", "24", "--layers", "2", "--components", "2", "--batch-size", "4",
      "--sequence-length", "20",
    ] + smallFrames,
    [
      "words.tsv", "--target-column", "sounds", "--input-column", "word", "--scheme",
      "many-to-many-delayed", "--hidden", "40", "--embedding", "6", "--batch-size", "11",
    ],
  ]

  @Test(arguments: cases, KernelChoice.allCases.filter(\.isAvailable))
  func sameBytes(_ options: [String], _ kernels: KernelChoice) throws {
    let sandbox = try Sandbox.withMusic()
    try sandbox.writeTables()
    try sandbox.write(poem, to: "in.txt")
    var models: [Int: Data] = [:]
    for threads in [1, 2, 3, 4, 8] {
      let outcome = try sandbox.refrain(
        ["train"] + options + Self.steps + Self.rare
          + ["--to", "run-\(threads)", "--threads", "\(threads)", "--json"],
        environment: ["REFRAIN_KERNELS": kernels.rawValue])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("\"kernels\":\"\(kernels.rawValue)\""))
      models[threads] = try sandbox.bytes("run-\(threads)/last.safetensors")
      #expect(models[threads] == models[1], "\(threads) threads")
    }
  }
}
