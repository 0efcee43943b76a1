import CKissFFT

/// Griffin and Lim's iteration: a sound is made from the frames, the frames of that sound keep their phases
/// and get the wanted magnitudes back, and so on.
///
/// With a momentum above 0 it is the fast form: each step goes further in the direction of the last.
/// Griffin and Lim, *Signal estimation from modified short-time Fourier transform* (1984); Perraudin,
/// Balazs and Søndergaard, *A fast Griffin-Lim algorithm* (2013).
///
/// What the frames at the ends say of the reflected sound is left aside, as librosa does; or it counts
/// like the rest (`foldsReflection`), which makes each step the one of least squares.
struct GriffinLim {
  private let magnitudes: [Float]
  private let frames: Int
  private let transform: FrameTransform
  /// The sound so far, and the one that is being made from it.
  private var sound: PaddedSound
  private var next: PaddedSound
  private let weights: [Float]
  /// The frames of the sound before, only for the fast form. `[frames, D]`
  private var previous: [kiss_fft_cpx] = []

  /// A start with given phases, in turns. `[frames, D]`
  init(
    _ spectrogram: Spectrogram, phases: [Float], count: Int,
    transform stft: ShortTimeFourierTransform, foldsReflection: Bool
  ) {
    precondition(phases.count == spectrogram.magnitudes.count)
    magnitudes = spectrogram.magnitudes
    frames = spectrogram.frameCount
    transform = FrameTransform(spectrogram.settings)
    sound = stft.silence(count: count, frames: frames)
    sound.foldsReflection = foldsReflection
    next = sound
    weights = stft.overlapWeights(like: sound, window: transform.window, floor: 0.01)
    for frame in 0..<frames {
      let row = frame * transform.settings.bins..<(frame + 1) * transform.settings.bins
      transform.setPhases(phases.span.extracting(row), magnitudes.span.extracting(row))
      addFrame(frame)
    }
    finishPass()
  }

  /// The sound so far, silent where no frame reaches.
  var result: [Float] { sound.sound }

  /// Goes on for some iterations; `momentum` is 0 in the plain form, 0.99 in the fast one.
  mutating func iterate(_ iterations: Int, momentum: Float) {
    let isFast = momentum > 0
    let transform = transform
    previous.removeAll(keepingCapacity: true)
    if isFast { previous.reserveCapacity(magnitudes.count) }
    for iteration in 0..<iterations {
      for frame in 0..<frames {
        transform.analyse(sound.samples.span, at: frame * transform.settings.hop)
        let row = frame * transform.settings.bins..<(frame + 1) * transform.settings.bins
        if isFast {
          if iteration == 0 { keepValues() }
          var all = previous.mutableSpan
          var old = all._mutatingExtracting(row)
          transform.accelerate(from: &old, momentum: momentum)
        }
        transform.setMagnitudes(magnitudes.span.extracting(row))
        addFrame(frame)
      }
      finishPass()
    }
  }

  private mutating func addFrame(_ frame: Int) {
    let transform = transform
    var samples = next.samples.mutableSpan
    transform.synthesise(addingTo: &samples, at: frame * transform.settings.hop)
  }

  private mutating func keepValues() {
    let values = transform.values
    let read = values.read
    for i in 0..<read.count { previous.append(read[i]) }
  }

  private mutating func finishPass() {
    next.foldEdges()
    let weights = weights
    next.scale(by: weights.span)
    next.continueEdges()
    swap(&sound, &next)
    for i in next.samples.indices { next.samples[i] = 0 }
  }
}

extension FrameTransform {
  /// Sets ``values`` from phases in turns and magnitudes. `[D]` each
  func setPhases(_ phases: Span<Float>, _ magnitudes: Span<Float>) {
    let all = values
    var values = all.write()
    precondition(phases.count == values.count && magnitudes.count == values.count)
    for i in 0..<values.count {
      values[i] = kiss_fft_cpx(
        r: magnitudes[i] * cosine(turns: phases[i]), i: magnitudes[i] * sine(turns: phases[i]))
    }
  }

  /// Gives ``values`` other magnitudes; a value of 0 gets the phase 0. `[D]`
  func setMagnitudes(_ magnitudes: Span<Float>) {
    let all = values
    var values = all.write()
    precondition(magnitudes.count == values.count)
    for i in 0..<values.count {
      let value = values[i]
      let square = value.r * value.r + value.i * value.i
      // Below the smallest normal square the quotient would be worth nothing.
      let isAudible = square >= .leastNormalMagnitude
      let scale = magnitudes[i] / (isAudible ? square : 1).squareRoot()
      values[i] = kiss_fft_cpx(
        r: isAudible ? value.r * scale : magnitudes[i], i: isAudible ? value.i * scale : 0)
    }
  }

  /// Moves ``values`` on in the direction from `old`, which become what ``values`` were. `[D]`
  func accelerate(from old: inout MutableSpan<kiss_fft_cpx>, momentum: Float) {
    let all = values
    var values = all.write()
    precondition(old.count == values.count)
    for i in 0..<values.count {
      let value = values[i]
      values[i] = kiss_fft_cpx(
        r: value.r + momentum * (value.r - old[i].r), i: value.i + momentum * (value.i - old[i].i))
      old[i] = value
    }
  }
}
