internal import CSamplerate

/// Changes the sample rate of a sound that comes in blocks, with libsamplerate's longest filter.
///
/// The filter is centred, so that nothing is delayed; the sound is taken to be silent before its
/// beginning and after its end.
final class Resampler {
  private let state: OpaquePointer
  private let channels: Int
  private let (from, to): (Int, Int)
  private var framesIn = 0
  private var framesOut = 0
  private var buffer: [Float]

  /// - Parameters:
  ///   - from: samples per second of what comes in, within ``SoundFile/sampleRates``.
  ///   - to: samples per second of what goes out, within ``SoundFile/sampleRates``.
  init(from: Int, to: Int, channels: Int) {
    var problem: Int32 = 0
    guard let state = src_new(Int32(SRC_SINC_MEDIUM_QUALITY), Int32(channels), &problem) else {
      preconditionFailure("libsamplerate: \(String(cString: src_strerror(problem)))")
    }
    self.state = state
    self.channels = channels
    (self.from, self.to) = (from, to)
    buffer = [Float](repeating: 0, count: 4096 * channels)
  }

  deinit { src_delete(state) }

  /// Takes the next samples and appends what follows from them.
  ///
  /// - Parameters:
  ///   - samples: `[frames, channels]`
  ///   - result: `[frames, channels]`
  func process(_ samples: [Float], into result: inout [Float]) {
    framesIn += samples.count / channels
    run(samples, frames: samples.count / channels, isLast: false, into: &result)
  }

  /// Appends the rest: as many frames as the length of the sound asks for, rounded.
  func finish(into result: inout [Float]) {
    // libsamplerate wants an address even where there is nothing to read.
    run([0], frames: 0, isLast: true, into: &result)
    let missing = expectedFrames - framesOut
    if missing > 0 { result += repeatElement(0, count: missing * channels) }
    framesOut = expectedFrames
  }

  private var expectedFrames: Int { (framesIn * to + from / 2) / from }

  private func run(_ samples: [Float], frames: Int, isLast: Bool, into result: inout [Float]) {
    guard frames > 0 || isLast else { return }
    var position = 0
    while true {
      let (used, made) = step(samples, position..<frames, isLast: isLast)
      position += used
      // The filter may go on beyond the sound's end.
      let kept = isLast ? min(made, expectedFrames - framesOut) : made
      if kept > 0 { result += buffer[..<(kept * channels)] }
      framesOut += max(kept, 0)
      if made == 0 && used == 0 { return }
    }
  }

  private func step(
    _ samples: [Float], _ frames: Range<Int>, isLast: Bool
  ) -> (used: Int, made: Int) {
    samples.withUnsafeBufferPointer { input in
      buffer.withUnsafeMutableBufferPointer { output in
        var data = SRC_DATA()
        // At the very end the address only has to be one.
        let offset = frames.isEmpty ? 0 : frames.lowerBound * channels
        data.data_in = input.baseAddress.map { $0 + offset }
        data.data_out = output.baseAddress
        data.input_frames = frames.count
        data.output_frames = output.count / channels
        data.end_of_input = isLast ? 1 : 0
        data.src_ratio = Double(to) / Double(from)
        let problem = src_process(state, &data)
        precondition(problem == 0, "libsamplerate: \(String(cString: src_strerror(problem)))")
        return (data.input_frames_used, data.output_frames_gen)
      }
    }
  }
}
