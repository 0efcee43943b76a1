internal import Foundation
public import RefrainRuns

extension InputListing {
  /// The sound files that some files and folders stand for; nothing is read but the beginnings of files.
  ///
  /// - Parameter inputs: paths of files and folders.
  /// - Throws: `InputFileError`, or ``SoundError`` if a file that was named is not sound, or if all of them
  ///   together hold no sound file.
  public init(sounds inputs: [String]) throws {
    try self.init(inputs) { path, isNamed in
      do throws(SoundError) { try Self.check(path) } catch {
        if isNamed { throw error }
        return error.shortReason
      }
      return nil
    }
    guard !entries.isEmpty else {
      throw SoundError.noSound(
        inputs: inputs, firstReason: skipped.first.map { "\($0.path): \($0.reason)" })
    }
  }

  private static func check(_ path: String) throws(SoundError) {
    let file = try SoundFile.open(path)
    let signature: SoundSignature
    do { signature = try SoundSignature(file) } catch {
      throw .unreadable(path: path, reason: "the system refuses to read it")
    }
    switch signature {
    case .sound: return
    case .other(let kind): throw .notSound(path: path, kind: kind)
    case .unknown: throw .notSound(path: path, kind: nil)
    }
  }
}

extension SoundError {
  /// Why a file was passed over, without its name: "it is empty".
  var shortReason: String {
    switch self {
    case .unreadable(_, let reason): "it cannot be read (\(reason))"
    case .empty: "it is empty"
    case .notSound(_, let kind): kind.map { "it is \($0)" } ?? "it is not a sound file"
    case .damaged(_, let reason): "it is damaged (\(reason))"
    case .noSamples: "it holds not a single sample"
    case .strangeSampleRate(_, let rate): "it has \(rate) samples per second"
    case .tooLong(_, let hours): "it is longer than \(SoundWords.number(hours)) hours"
    case .noSuchFile: "it is no longer there"
    default: "it is not a sound file"
    }
  }
}
