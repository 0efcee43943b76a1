/// Why a sound cannot be read or written; every description is one sentence that names the file and
/// says what to do.
public enum SoundError: Error, Equatable, CustomStringConvertible {
  /// There is no file or folder at `path`.
  case noSuchFile(path: String)
  /// The system refuses to open or read `path`.
  case unreadable(path: String, reason: String)
  /// A folder, where a file is needed.
  case isFolder(path: String)
  /// A named pipe, a socket or a device.
  case notAFile(path: String)
  /// A file of no bytes.
  case empty(path: String)
  /// A file that holds something else; `kind` says what, where that is known.
  case notSound(path: String, kind: String?)
  /// A file that begins as a sound file does and cannot be read as one.
  case damaged(path: String, reason: String)
  /// A sound file without a single sample.
  case noSamples(path: String)
  /// A sound of so many samples per second that nothing sensible can be done with it.
  case strangeSampleRate(path: String, rate: Int)
  /// A sound of more than `hours`.
  case tooLong(path: String, hours: Double)
  /// None of the inputs gave any sound.
  case noSound(inputs: [String], firstReason: String?)
  /// A name to write to that ends in nothing known.
  case unknownExtension(path: String)
  /// A format that does not store samples so.
  case unsupportedSampleFormat(path: String, SampleFormat)
  /// A comment longer than ``SoundTags/longestComment``, or not of ASCII.
  case unsuitableComment(path: String)
  /// The file could not be written, and what was there before is unchanged.
  case cannotWrite(path: String, reason: String)
  /// Whoever read the samples has gone.
  case outputClosed
  /// The samples could not be passed on.
  case cannotSend(reason: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .noSuchFile(let path): "There is no file or folder \(path): check the spelling."
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason)): check its permissions."
    case .isFolder(let path): "\(path) is a folder: name a sound file in it."
    case .notAFile(let path):
      "\(path) is neither a file nor a folder: save the sound as a file first."
    case .empty(let path): "\(path) is empty: get the file again, or name another one."
    case .notSound(let path, let kind):
      "\(path) is not a sound file that can be read\(kind.map { " (it is \($0))" } ?? ""): name a "
        + "\(SoundFormat.list) file, or convert it to one, for instance with ffmpeg."
    case .damaged(let path, let reason):
      "\(path) begins as a sound file does but cannot be read (\(reason)): get the file again, or "
        + "name another one."
    case .noSamples(let path): "\(path) holds no sound, not a single sample: name another file."
    case .strangeSampleRate(let path, let rate):
      "\(path) has \(rate) samples per second, outside the \(SoundFile.sampleRates.lowerBound) to "
        + "\(SoundFile.sampleRates.upperBound) that can be read: convert it first."
    case .tooLong(let path, let hours):
      "\(path) is longer than \(SoundWords.number(hours)) hours: cut it into shorter files."
    case .noSound(let inputs, let reason):
      "There is no sound in \(inputs.joined(separator: ", "))\(reason.map { " (\($0))" } ?? ""): "
        + "name \(SoundFormat.list) files, or folders that hold some."
    case .unknownExtension(let path):
      "\(path) does not say which kind of sound file to write: let its name end in "
        + "\(SoundFormat.extensionList)."
    case .unsupportedSampleFormat(let path, let format):
      "\(path) cannot store samples as \(format.words): leave that choice out, or write a .wav."
    case .unsuitableComment(let path):
      "\(path) cannot hold this comment: give at most \(SoundTags.longestComment) characters of "
        + "ASCII."
    case .cannotWrite(let path, let reason):
      "\(path) was not written, and what was there is unchanged (\(reason)): make room, or choose "
        + "another folder."
    case .outputClosed: "Whoever listened to the sound has closed it: start the player again."
    case .cannotSend(let reason): "The sound cannot be passed on (\(reason)): check where it goes."
    }
  }
}
