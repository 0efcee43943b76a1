import Foundation
import TestSupport
import Testing

/// The example of a material of one's own, used as a stranger would.
struct DailyNumbersTests {
  private let scratch = try! Scratch()

  /// Numbers that come back every week, with a little noise.
  private func numbers(days: Int) throws -> String {
    let week = [1.0, 2, 4, 8, 4, 2, 0]
    var state: UInt64 = 1
    let lines = (0..<days).map { day in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return "day \(day),\(week[day % 7] + Double(state >> 40) / Double(1 << 24))\n"
    }
    return try scratch.write(Array(lines.joined().utf8), "numbers.csv")
  }

  @Test func itTrainsGoesOnAfterAKillEvaluatesAndGenerates() throws {
    let file = try numbers(days: 500)
    let whole = scratch.path + "/whole"
    #expect(try run("train", file, whole).hasPrefix("step 50: "))
    let killed = scratch.path + "/killed"
    let process = try BuiltProgram("DailyNumbers", ["train", file, killed]).process
    while process.isRunning && !exists(killed + "/last.safetensors") { usleep(200) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    _ = try run("resume", killed)
    #expect(try model(killed) == model(whole))

    let errors = try run("evaluate", whole).split(whereSeparator: { " ;\n".contains($0) })
      .compactMap { Double($0) }
    #expect(errors.count == 2 && errors[0] < 0.5 && errors[1] > 1.5, "\(errors)")
    let days = try run("generate", whole).split(separator: "\n").compactMap { Double($0) }
    #expect(days.count == 28)
    // Day 500 is the fourth of its week, the highest, and three days later comes the lowest.
    for week in 0..<4 {
      #expect(abs(days[7 * week] - 8.5) < 2 && abs(days[7 * week + 3] - 0.5) < 2, "\(days)")
    }
  }

  @Test func anOddFileIsToldOf() throws {
    let odd = try scratch.write(Array("2026-11-28,4.5\n2026-11-29,none\n".utf8), "odd.csv")
    let text = try run("train", odd, scratch.path + "/odd", status: 1)
    #expect(text == "DailyNumbers: Line 2 of \(odd) does not end in a number.\n")
    #expect(!exists(scratch.path + "/odd"))
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private func model(_ run: String) throws -> Data {
    try Data(contentsOf: URL(filePath: run + "/last.safetensors"))
  }

  private func run(_ words: String..., status: Int32 = 0) throws -> String {
    let end = try BuiltProgram("DailyNumbers", words).end()
    #expect(end.status == status, "\(end.output)")
    return end.output
  }
}
