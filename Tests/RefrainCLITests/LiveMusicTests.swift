import Foundation
import Testing

@Suite("refrain generate --output -")
struct LiveMusicTests {
  private func play(_ options: [String], input: String? = nil) throws -> Outcome {
    let sandbox = try TrainedMusic.sandbox()
    let outcome = try sandbox.refrain(
      ["generate", "run", "--output", "-"] + options, input: input)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("aplay -f S16_LE -c 1 -r 8000"))
    return outcome
  }

  @Test func aSecondIsASecond() throws {
    let outcome = try play(["--seconds", "1", "--from", "2"])
    #expect(outcome.bytes.count == 16_000)
    let samples = outcome.bytes.withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
    #expect(samples.contains { abs(Int($0)) > 100 })
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func itObeysWhatIsSaid() throws {
    let input = "temperature 1.1\nfrom 3\n\nfrom 99\nlouder\ntemperature warm\nfrom -1\n"
    let outcome = try play(["--seconds", "0.5"], input: input)
    #expect(outcome.bytes.count == 8000)
    #expect(outcome.errors.contains("has 10 seconds"))
    for line in ["louder", "temperature warm", "from -1"] {
      #expect(outcome.errors.contains("“\(line)” is not a command"), "\(outcome.errors)")
    }
    #expect(!outcome.errors.contains("1.1”") && !outcome.errors.contains("“from 3”"))
  }

  @Test func itStops() throws {
    let outcome = try play(["--seconds", "0"], input: "stop\n")
    #expect(outcome.bytes.count.isMultiple(of: 2))
    // Said at once, long before ten seconds.
    #expect(outcome.bytes.count < 160_000)
  }
}
