internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainMusic
internal import Synchronization

/// Music on standard output while it is made, at the pace at which it is heard.
struct LiveMusic {
  let model: TrainedModel
  let start: MusicStart
  let seed: UInt64
  let temperature: Float
  /// 0: without end.
  let seconds: Double

  /// Seconds that may be made before they are heard.
  private static let ahead = 0.1

  func play() throws {
    let generator = try MusicGenerator(model, seed: seed, temperature: temperature)
    var stream = try MusicStream(generator, start: start, seed: seed)
    let rate = generator.information.settings.sampleRate
    let layout = generator.information.layout
    try Terminal.error.line(
      "Raw samples on standard output: 16-bit signed little-endian, \(layout.rawValue), \(rate) Hz; "
        + "for example | aplay -f S16_LE -c \(layout.count) -r \(rate).")
    var output = RawSoundOutput(descriptor: 1, channels: layout.count)
    let commands = LiveCommands()
    let interruption = Interruption()
    interruption.endSoon()
    let clock = ContinuousClock()
    let begin = clock.now
    var written = 0
    let wanted = seconds > 0 ? Int(seconds * Double(rate)) : Int.max
    while written < wanted && !interruption.isRequested {
      for command in commands.take() {
        if case .stop = command { return try finish(output.clippedSamples) }
        try obey(command, generator, stream)
      }
      let block = stream.next().map { Array($0.prefix(wanted - written)) }
      try output.write(block)
      written += block[0].count
      let heard = (clock.now - begin) / .seconds(1)
      let early = Double(written) / Double(rate) - heard - Self.ahead
      if early > 0 { Thread.sleep(forTimeInterval: early) }
    }
    try finish(output.clippedSamples)
    if interruption.isRequested { throw ExitCode(interruption.exitStatus) }
  }

  private func obey(
    _ command: LiveCommand, _ generator: MusicGenerator, _ stream: borrowing MusicStream
  ) throws {
    switch command {
    case .temperature(let value): generator.temperature = value
    case .from(let seconds):
      do {
        try stream.go(to: .position(seconds: seconds))
      } catch {
        try Terminal.error.line("refrain: " + ErrorReport.sentence(of: error))
      }
    case .unknown(let line):
      try Terminal.error.line(
        "refrain: “\(line)” is not a command; use temperature 0.9, from 12, or stop.")
    case .stop: break
    }
  }

  private func finish(_ clipped: Int) throws {
    if clipped > 0 {
      try Terminal.error.line("\(clipped) samples were too loud and were clipped.")
    }
  }
}

/// What can be said to music while it plays.
enum LiveCommand: Equatable, Sendable {
  case temperature(Float)
  case from(Double)
  case stop
  case unknown(String)

  /// The command of a line such as `temperature 0.9`.
  init(_ line: String) {
    let words = line.split(separator: " ")
    let number = words.count == 2 ? Double(words[1]) : nil
    switch (words.first, number) {
    case ("temperature", let number?) where number >= 0 && Float(number).isFinite:
      self = .temperature(Float(number))
    case ("from", let number?) where number >= 0 && number.isFinite: self = .from(number)
    case ("stop", _) where words.count == 1: self = .stop
    default: self = .unknown(line)
    }
  }
}

/// Lines of standard input, read on a thread of their own.
private final class LiveCommands: Sendable {
  private let waiting = Mutex<[LiveCommand]>([])

  init() {
    let thread = Thread { [self] in
      while let line = readLine() {
        let words = line.trimmingCharacters(in: .whitespaces)
        if !words.isEmpty { waiting.withLock { $0.append(LiveCommand(words)) } }
      }
    }
    thread.start()
  }

  /// What has been said since the last time.
  func take() -> [LiveCommand] {
    waiting.withLock { commands in
      defer { commands = [] }
      return commands
    }
  }
}
