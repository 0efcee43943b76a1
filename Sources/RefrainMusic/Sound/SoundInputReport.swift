public import RefrainRuns

/// What was read of a listing of sound files, and what was not.
public struct SoundInputReport: Codable, Equatable, Sendable {
  /// The files that were read, in their order.
  public private(set) var used: [SoundReport] = []
  /// What was not, and why.
  public private(set) var skipped: [InputListing.Skipped]

  /// All sound that was read, in seconds.
  public var seconds: Double { used.reduce(0) { $0 + $1.seconds } }

  /// Sentences for people: all in all, then each file about which there is something to say, then
  /// what was skipped.
  public var lines: [String] {
    let files = SoundWords.count(used.count, "file")
    let changed = used.count { !$0.done.isEmpty }
    let change = changed == 0 ? "" : "; \(changed) resampled or mixed"
    return ["\(SoundWords.duration(seconds)) of sound from \(files)\(change)."]
      + used.filter { !$0.oddities.isEmpty }.map {
        "\($0.path): \($0.oddities.joined(separator: "; "))."
      }
      + skipped.map { "Skipped \($0.path): \($0.reason)." }
  }

  fileprivate init(skipped: [InputListing.Skipped]) { self.skipped = skipped }

  fileprivate mutating func use(_ report: SoundReport) { used.append(report) }

  fileprivate mutating func skip(_ path: String, _ reason: String) {
    skipped.append(InputListing.Skipped(path: path, reason: reason))
  }
}

extension InputListing {
  /// Reads the files one after the other, and hands each to `body`; only one is in memory.
  ///
  /// A file that the user named must be readable; one from a folder is skipped if it is not, and a
  /// silent one in any case: the report says so.
  ///
  /// - Parameters:
  ///   - sampleRate: samples per second of the recordings, within ``SoundFile/sampleRates``.
  ///   - layout: how many channels the recordings have.
  ///   - body: is given each recording and what was found in it.
  /// - Throws: ``SoundError`` if a file that was named cannot be read, or none gave any sound; what
  ///   `body` throws.
  public func readRecordings(
    sampleRate: Int = 22_050, layout: ChannelLayout = .mono,
    _ body: (Recording, SoundReport) throws -> Void
  ) throws -> SoundInputReport {
    var report = SoundInputReport(skipped: skipped)
    for entry in entries {
      let result = Result { () throws(SoundError) in
        try Recording.read(entry.path, sampleRate: sampleRate, layout: layout)
      }
      if case .failure(let error) = result, !entry.isNamed {
        report.skip(entry.path, error.shortReason)
        continue
      }
      let (recording, found) = try result.get()
      if found.isSilent {
        report.skip(entry.path, "all of it is silence")
      } else {
        report.use(found)
        try body(recording, found)
      }
    }
    guard !report.used.isEmpty else {
      throw SoundError.noSound(
        inputs: inputs, firstReason: report.skipped.first.map { "\($0.path): \($0.reason)" })
    }
    return report
  }
}
