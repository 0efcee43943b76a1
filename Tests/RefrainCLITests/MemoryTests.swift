import Foundation
import TestSupport
import Testing

@Suite("A training that needs more memory than there is")
struct MemoryTests {
  private static let kinds = [
    ["in.txt"], ["songs"] + smallFrames, ["pieces"],
    [
      "words.tsv", "--target-column", "language", "--input-column", "word", "--input-kind", "char",
    ],
    [
      "words.tsv", "--target-column", "sounds", "--input-column", "word", "--scheme",
      "many-to-many-delayed",
    ],
  ]

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox.withMusic()
    try sandbox.writeTables()
    try sandbox.writeNotes(collection: "pieces.json")
    try sandbox.write(poem, to: "in.txt")
    return sandbox
  }

  private func expectRefusal(_ outcome: Outcome, _ sandbox: Sandbox) {
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("of memory"), "\(outcome.errors)")
    #expect(outcome.errors.contains("lower --hidden"), "\(outcome.errors)")
    expectOneSentence(outcome)
    #expect(!sandbox.exists("run"))
  }

  @Test("It is refused before its first step, whatever it learns", arguments: kinds)
  func networks(_ input: [String]) throws {
    let sandbox = try sandbox()
    let train = ["train"] + input + ["--to", "run", "--steps", "1"]
    expectRefusal(try sandbox.refrain(train + ["--hidden", "200000"]), sandbox)
    // As large as the batch may be: what there is to learn makes it smaller, or it is refused.
    let many = try sandbox.refrain(train + ["--batch-size", "1000000", "--hidden", "50000"])
    expectRefusal(many, sandbox)
  }

  #if os(Linux)
    @Test("A limit of the process counts, not the machine's memory", arguments: kinds)
    func limits(_ input: [String]) throws {
      let sandbox = try sandbox()
      let train = ["train"] + input + ["--to", "run", "--steps", "1", "--threads", "1"]
      let limit = "ulimit -v 2000000"
      expectRefusal(try sandbox.refrain(after: limit, train + ["--hidden", "4000"]), sandbox)
      // What is let in finds the memory that it needs.
      for hidden in TestLength.isLong ? [100, 600, 1200, 1800, 2200, 2400] : [100] {
        let outcome = try sandbox.refrain(after: limit, train + ["--hidden", "\(hidden)"])
        if outcome.status == 0 {
          try sandbox.remove("run")
        } else {
          #expect(hidden > 100, "\(outcome.errors)")
          expectRefusal(outcome, sandbox)
        }
      }
    }
  #endif
}
