internal import CPNG
internal import CSamplerate
internal import CSndfile
internal import Foundation
public import RefrainTools

/// The libraries that this module works with.
public enum SoundLibraries {
  /// Their names and versions, as they run here; kissfft does not tell its own.
  public static var versions: [(name: String, version: String)] {
    [
      ("libsndfile", number(in: String(cString: sf_version_string()))),
      ("libsamplerate", number(in: String(cString: src_get_version()))),
      ("libpng", String(cString: png_get_libpng_ver(nil))),
    ]
  }

  /// Whether a tone has its peak where it belongs, and the frames of a sound become that sound again: what
  /// kissfft is needed for.
  public static func check() -> SelfTest.Check {
    let settings = SpectrogramSettings()
    let bin = 100
    let step = 2 * Double.pi * Double(bin) / Double(settings.fftSize)
    let sound = (0..<settings.sampleRate / 2).map { Float(sin(step * Double($0))) }
    let transform = ShortTimeFourierTransform(settings)
    let frames = transform.forward(sound)
    let again = transform.inverse(frames, count: sound.count)
    let error = zip(sound, again).map { abs($0 - $1) }.max() ?? 1
    let frame = transform.spectrogram(of: sound)[frame: 10]
    let peak = frame.indices.max { frame[$0] < frame[$1] }.map { $0 - frame.startIndex }
    return SelfTest.Check(
      name: "Sound becomes frames and sound again",
      passed: peak == bin && error < 1e-4 && again.count == sound.count,
      detail: "a tone peaks at value \(peak ?? -1) of \(bin), samples differ by at most \(error)")
  }

  /// `1.2.0` in `libsndfile-1.2.0 …`
  private static func number(in text: String) -> String {
    let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
    return digits.isEmpty ? text : String(digits)
  }
}
