import Refrain

/// Phase gradient heap integration: from the loudest place outward, always going on from the loudest
/// place that is known, every phase follows from a neighbour's and the gradient between the two.
///
/// Průša, Balazs and Søndergaard (2017), algorithm 1. Where the sound has a beginning it can go on from the
/// first frame, whose phases are told from its magnitudes (see ``MirroredFrame``).
struct HeapIntegration {
  /// What lies this far below the loudest magnitude gets a random phase.
  static let tolerance: Float = 1e-7

  /// The phases in turns, as far as they are known. `[frames, D]`
  private(set) var phases: [Float]
  private let magnitudes: [Float]
  private let frames: Int
  private let bins: Int
  private let isCircular: Bool
  /// The turns to the next frame, and to the next bin. `[frames, D]` each
  private var alongTime: [Float]
  private var alongFrequency: [Float]
  /// Whether a place still waits for its phase.
  private var isOpen: [Bool]
  private var heap: MagnitudeHeap

  /// The phases of `spectrogram` in turns. `[frames, D]`
  /// - Parameters:
  ///   - isCircular: Whether the first frame follows the last.
  ///   - noise: Where the phases of what is not heard come from.
  static func phases(
    of spectrogram: Spectrogram, isCircular: Bool, noise: inout RandomStream
  ) -> [Float] {
    let firstFrame = isCircular ? nil : firstFrame(of: spectrogram)
    return phases(
      of: spectrogram, isCircular: isCircular, firstFrame: firstFrame, noise: &noise)
  }

  /// - Parameter firstFrame: The phases of the first frame, where the heap then begins. `[D]`
  static func phases(
    of spectrogram: Spectrogram, isCircular: Bool, firstFrame: [Float]?,
    noise: inout RandomStream
  ) -> [Float] {
    var integration = HeapIntegration(spectrogram, isCircular: isCircular)
    if let firstFrame { integration.begin(with: firstFrame) }
    integration.integrate()
    return integration.finished(noise: &noise)
  }

  private init(_ spectrogram: Spectrogram, isCircular: Bool) {
    magnitudes = spectrogram.magnitudes
    frames = spectrogram.frameCount
    bins = spectrogram.settings.bins
    self.isCircular = isCircular
    precondition(magnitudes.count < Int(UInt32.max), "a spectrogram of 2³² values is too long")
    phases = Array(repeating: 0, count: magnitudes.count)
    alongTime = phases
    alongFrequency = phases
    let floor = max(Self.tolerance * (magnitudes.max() ?? 0), .leastNormalMagnitude)
    isOpen = magnitudes.map { $0 > floor }
    heap = MagnitudeHeap(capacity: magnitudes.count)
    fillGradient(PhaseGradient(spectrogram.settings), floor: floor)
  }

  private mutating func fillGradient(_ gradient: PhaseGradient, floor: Float) {
    var logs = [Float](repeating: 0, count: magnitudes.count)
    var written = logs.mutableSpan
    gradient.logarithms(of: magnitudes.span, floor: floor, into: &written)
    let (frames, bins, isCircular) = (frames, bins, isCircular)
    for frame in 0..<frames {
      let row = frame * bins..<(frame + 1) * bins
      var time = alongTime.mutableSpan
      var timeRow = time._mutatingExtracting(row)
      gradient.alongTime(logs.span.extracting(row), into: &timeRow)
      // Beyond the ends lies the reflection: there the neighbours are the same, or nearly.
      let isEnd = !isCircular && (frame == 0 || frame == frames - 1)
      let before = isEnd ? frame : (frame + frames - 1) % frames
      let after = isEnd ? frame : (frame + 1) % frames
      var frequency = alongFrequency.mutableSpan
      var frequencyRow = frequency._mutatingExtracting(row)
      gradient.alongFrequency(
        logs.span.extracting(before * bins..<(before + 1) * bins), logs.span.extracting(row),
        logs.span.extracting(after * bins..<(after + 1) * bins),
        weights: (-0.5, 0, 0.5), into: &frequencyRow)
    }
    if !isCircular && frames > 1 {
      // In the first frame every tone stands against its reflection: how it goes on, the second tells.
      for bin in 0..<bins { alongTime[bin] = alongTime[bins + bin] }
    }
  }

  private mutating func begin(with firstFrame: [Float]) {
    for bin in 0..<bins where isOpen[bin] {
      isOpen[bin] = false
      phases[bin] = firstFrame[bin]
      heap.insert(bin, magnitude: magnitudes[bin])
    }
  }

  private mutating func integrate() {
    while let place = heap.removeLoudest() { spread(from: place) }
    for start in MagnitudeHeap.loudestFirst(magnitudes, where: isOpen) where isOpen[start] {
      isOpen[start] = false
      heap.insert(start, magnitude: magnitudes[start])
      while let place = heap.removeLoudest() { spread(from: place) }
    }
  }

  /// Gives the open neighbours of `place` their phases.
  @inline(__always)
  private mutating func spread(from place: Int) {
    let bin = place % bins
    let later = place + bins
    let earlier = place - bins
    if later < magnitudes.count {
      reach(later, from: place, turns: alongTime[place] + alongTime[later])
    } else if isCircular {
      let first = later - magnitudes.count
      reach(first, from: place, turns: alongTime[place] + alongTime[first])
    }
    if earlier >= 0 {
      reach(earlier, from: place, turns: -alongTime[place] - alongTime[earlier])
    } else if isCircular {
      let last = earlier + magnitudes.count
      reach(last, from: place, turns: -alongTime[place] - alongTime[last])
    }
    if bin + 1 < bins {
      reach(place + 1, from: place, turns: alongFrequency[place] + alongFrequency[place + 1])
    }
    if bin > 0 {
      reach(place - 1, from: place, turns: -alongFrequency[place] - alongFrequency[place - 1])
    }
  }

  /// - Parameter turns: The gradients at both ends; the way between is their mean.
  @inline(__always)
  private mutating func reach(_ place: Int, from known: Int, turns: Float) {
    guard isOpen[place] else { return }
    isOpen[place] = false
    phases[place] = wrapped(phases[known] + 0.5 * turns)
    heap.insert(place, magnitude: magnitudes[place])
  }

  /// All phases, the quiet places' random.
  private func finished(noise: inout RandomStream) -> [Float] {
    let loudest = magnitudes.max() ?? 0
    var result = phases
    for place in result.indices where !(magnitudes[place] > Self.tolerance * loudest) {
      result[place] = noise.uniform() - 0.5
    }
    return result
  }
}
