extension SoundReport {
  /// One sentence for people: what the file is, what was done, what is odd about it.
  public var sentence: String {
    let what =
      "\(path): \(SoundWords.duration(seconds)) of \(format), \(SoundWords.rate(sampleRate)), "
      + SoundWords.channels(channels)
    return ([what] + done + oddities).joined(separator: "; ") + "."
  }

  /// What was changed to bring it to the rate and the channels that were wanted.
  public var done: [String] {
    var done: [String] = []
    if newSampleRate != sampleRate {
      done.append("resampled to \(SoundWords.rate(newSampleRate))")
    }
    if channels > layout.count {
      let lost = layout == .stereo && (6...8).contains(channels)
      done.append("mixed down to \(layout.rawValue)\(lost ? " without its lowest channel" : "")")
    } else if channels < layout.count {
      done.append("the same on both sides")
    }
    return done
  }

  /// What somebody should know before learning from it; empty for a file without fault.
  public var oddities: [String] {
    var remarks: [String] = []
    if isSilent { remarks.append("all of it is silence") }
    if let damage { remarks.append("it is damaged where reading stopped (\(damage))") }
    if let promisedFrames {
      let promised = Double(promisedFrames) / Double(sampleRate)
      remarks.append("it is shorter than the \(SoundWords.duration(promised)) that it promises")
    } else if lacksEnd {
      remarks.append("its end is missing")
    }
    if notNumbers > 0 {
      let verb = notNumbers == 1 ? "is not a number and became" : "are not numbers and became"
      remarks.append("\(SoundWords.count(notNumbers, "sample")) \(verb) 0")
    }
    if clippedSamples > 0 {
      let share = SoundWords.percent(clippedSamples, of: frames * channels)
      remarks.append("\(share) is clipped")
    }
    if peak >= 1.2 {
      remarks.append("its peak is \(SoundWords.number(Double(peak))) times full scale")
    }
    return remarks + silentEnds
  }

  /// Silence at the ends that is worth cutting off.
  private var silentEnds: [String] {
    guard !isSilent else { return [] }
    let ends = [(silenceBefore, "at its beginning"), (silenceAfter, "at its end")]
    return ends.filter { $0.0 >= 1 }.map { "\(SoundWords.duration($0.0)) of silence \($0.1)" }
  }
}
