import Refrain

/// How magnitudes become a sound: the ways to find the phases that a spectrogram lacks.
public enum PhaseReconstruction: Codable, Equatable, Hashable, Sendable {
  /// Griffin and Lim's iteration (1984) from random phases.
  case griffinLim(iterations: Int)
  /// The fast form of Perraudin, Balazs and Søndergaard (2013), momentum 0.99, from random phases.
  case fastGriffinLim(iterations: Int)
  /// Phase gradient heap integration of Průša, Balazs and Søndergaard (2017): one pass, no iteration. The
  /// first frame's phases are told from its reflection where that is of use.
  case heapIntegration
  /// Heap integration, made better by iterations of the fast form.
  case heapIntegrationThenFastGriffinLim(iterations: Int)

  /// Heap integration and ten fast iterations: on average 6 dB better than sixty fast iterations from
  /// random phases, in a third of the time.
  public static let standard = PhaseReconstruction.heapIntegrationThenFastGriffinLim(iterations: 10)

  /// A sound whose spectrogram is near to `spectrogram`.
  ///
  /// Every value is finite if the magnitudes are, and below 10¹⁵. The same arguments give the same bits.
  /// - Parameters:
  ///   - spectrogram: Linear magnitudes, as many frames as wanted.
  ///   - count: The number of samples; nil: `(frames − 1) · hop`, or `frames · hop` for a circular sound,
  ///     for which no other number is allowed. Beyond the last frame there is silence.
  ///   - isCircular: Whether the sound will be played over and over: its end then goes over into its start
  ///     without a seam.
  ///   - seed: Where random phases come from.
  public func sound(
    from spectrogram: Spectrogram, count: Int? = nil, isCircular: Bool = false, seed: UInt64 = 0
  ) -> [Float] {
    let phases = startPhases(for: spectrogram, isCircular: isCircular, seed: seed)
    return sound(from: spectrogram, phases: phases, count: count, isCircular: isCircular)
  }

  /// The sound of each channel, from one set of phases. `[channels][samples]`
  ///
  /// The phases are found once, for the power of both channels together, so that what comes from the middle
  /// stays there; the iterations then go their own way for each.
  public func sound(
    from music: MusicSpectrogram, count: Int? = nil, isCircular: Bool = false, seed: UInt64 = 0
  ) -> [[Float]] {
    let phases = startPhases(for: music.mixed, isCircular: isCircular, seed: seed)
    return music.channels.map {
      sound(from: $0, phases: phases, count: count, isCircular: isCircular)
    }
  }

  /// A sound whose spectrogram is near to `spectrogram`, from known or guessed phases: only this case's
  /// iterations are done.
  /// - Parameters:
  ///   - spectrogram: the magnitudes of each frame.
  ///   - phases: In turns, one turn being 2π. `[frames, D]`
  ///   - count: the number of samples; nil: as many as the frames give.
  ///   - isCircular: whether the end of the sound leads into its beginning.
  public func sound(
    from spectrogram: Spectrogram, phases: [Float], count: Int? = nil, isCircular: Bool = false
  ) -> [Float] {
    let transform = ShortTimeFourierTransform(spectrogram.settings, isCircular: isCircular)
    let frames = spectrogram.frameCount
    let wanted = count ?? transform.defaultCount(frames: frames)
    precondition(!isCircular || wanted == transform.defaultCount(frames: frames))
    // What a sound with this many frames can be long; the rest of what is wanted is silence.
    let hop = spectrogram.settings.hop
    let own = isCircular ? wanted : min(max(wanted, (frames - 1) * hop), frames * hop - 1)
    guard frames > 0, own > 0 else { return Array(repeating: 0, count: wanted) }
    var iteration = GriffinLim(
      spectrogram, phases: phases, count: own, transform: transform,
      foldsReflection: foldsReflection)
    iteration.iterate(iterations, momentum: momentum)
    let sound = iteration.result
    return sound.prefix(wanted) + Array(repeating: 0, count: max(0, wanted - own))
  }

  private func startPhases(
    for spectrogram: Spectrogram, isCircular: Bool, seed: UInt64
  ) -> [Float] {
    var noise = RandomStream(seed: seed, purpose: .noise)
    switch self {
    case .griffinLim, .fastGriffinLim:
      return spectrogram.magnitudes.map { _ in noise.uniform() - 0.5 }
    case .heapIntegration, .heapIntegrationThenFastGriffinLim:
      return HeapIntegration.phases(of: spectrogram, isCircular: isCircular, noise: &noise)
    }
  }

  private var iterations: Int {
    switch self {
    case .griffinLim(let iterations), .fastGriffinLim(let iterations),
      .heapIntegrationThenFastGriffinLim(let iterations):
      iterations
    case .heapIntegration: 0
    }
  }

  /// Griffin and Lim's own forms are as librosa has them.
  private var foldsReflection: Bool {
    switch self {
    case .griffinLim, .fastGriffinLim: false
    case .heapIntegration, .heapIntegrationThenFastGriffinLim: true
    }
  }

  private var momentum: Float {
    switch self {
    case .griffinLim: 0
    default: 0.99
    }
  }
}
