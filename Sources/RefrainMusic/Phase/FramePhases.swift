import Refrain

/// Phases of frames that come one after the other: heap integration that goes on from the frame before.
///
/// The heap begins with the last frame, whose phases are known and given away, so nothing is ever changed
/// afterwards. Průša and Søndergaard, *Real-time spectrogram inversion using phase gradient heap
/// integration* (2016). Where a sound sets in with nothing before it, its loudest bin has phase 0.
struct FramePhases: Sendable {
  /// The phases of the current frame, in turns. `[D]`
  private(set) var phases: [Float]
  /// Three frames in their order: the current one and the two before it, or, with a look ahead, the
  /// current one in the middle.
  private var frames: [Frame]
  private let current: Int
  private let gradient: PhaseGradient
  private var taken = 0
  private var loudest: Float = 0
  private var phasesBefore: [Float]
  /// The turns from bin to bin in the current frame. `[D]`
  private var alongFrequency: [Float]
  private var isOpen: [Bool]
  private var openCount = 0
  private var heap: MagnitudeHeap

  private struct Frame: Sendable {
    var magnitudes: [Float]
    var logs: [Float]
    /// The turns to the next frame.
    var alongTime: [Float]

    mutating func describe(_ gradient: PhaseGradient, floor: Float) {
      let magnitudes = magnitudes
      var written = logs.mutableSpan
      gradient.logarithms(of: magnitudes.span, floor: floor, into: &written)
      let logs = logs
      var turns = alongTime.mutableSpan
      gradient.alongTime(logs.span, into: &turns)
    }
  }

  init(_ settings: SpectrogramSettings, looksAhead: Bool) {
    let zeros = [Float](repeating: 0, count: settings.bins)
    phases = zeros
    phasesBefore = zeros
    alongFrequency = zeros
    frames = Array(
      repeating: Frame(magnitudes: zeros, logs: zeros, alongTime: zeros), count: 3)
    current = looksAhead ? 1 : 2
    gradient = PhaseGradient(settings)
    isOpen = Array(repeating: false, count: settings.bins)
    heap = MagnitudeHeap(capacity: 2 * settings.bins)
  }

  /// The magnitudes that belong to ``phases``. `[D]`
  var magnitudes: [Float] { frames[current].magnitudes }

  /// Takes the next frame and finds the phases of the current one: that frame, or the one before it
  /// with a look ahead, when the first frame has none to be found (false).
  mutating func append(_ magnitudes: Span<Float>, noise: inout RandomStream) -> Bool {
    take(magnitudes)
    let hasCurrent = taken > 2 - current
    if hasCurrent {
      findGradient()
      swap(&phases, &phasesBefore)
      open(noise: &noise)
      integrate()
    }
    return hasCurrent
  }

  private mutating func take(_ magnitudes: Span<Float>) {
    frames.swapAt(0, 1)
    frames.swapAt(1, 2)
    for i in 0..<magnitudes.count {
      frames[2].magnitudes[i] = magnitudes[i]
      loudest = max(loudest, magnitudes[i])
    }
    let floor = max(HeapIntegration.tolerance * loudest, .leastNormalMagnitude)
    frames[2].describe(gradient, floor: floor)
    if taken == 0 {
      // Before the first frame it was as in the first.
      frames[0] = frames[2]
      frames[1] = frames[2]
    }
    taken += 1
  }

  private mutating func findGradient() {
    let logs = (frames[0].logs, frames[1].logs, frames[2].logs)
    let weights: (Float, Float, Float) = current == 1 ? (-0.5, 0, 0.5) : (0.5, -2, 1.5)
    let gradient = gradient
    var turns = alongFrequency.mutableSpan
    gradient.alongFrequency(
      logs.0.span, logs.1.span, logs.2.span, weights: weights, into: &turns)
  }

  /// Opens what can be heard; the rest gets random phases. The heap gets the frame before.
  private mutating func open(noise: inout RandomStream) {
    let hasBefore = taken > 3 - current
    let before = frames[current - 1].magnitudes
    let now = frames[current].magnitudes
    let floor = HeapIntegration.tolerance * max(now.max() ?? 0, hasBefore ? before.max() ?? 0 : 0)
    openCount = 0
    for bin in now.indices {
      isOpen[bin] = now[bin] > floor
      openCount += isOpen[bin] ? 1 : 0
      if !isOpen[bin] { phases[bin] = noise.uniform() - 0.5 }
      if hasBefore, before[bin] > floor { heap.insert(bin, magnitude: before[bin]) }
    }
  }

  private mutating func integrate() {
    let bins = isOpen.count
    while openCount > 0 {
      guard let place = heap.removeLoudest() else {
        begin()
        continue
      }
      if place < bins {
        reach(
          place, from: phasesBefore[place],
          turns: frames[current - 1].alongTime[place] + frames[current].alongTime[place])
        continue
      }
      let bin = place - bins
      if bin + 1 < bins {
        reach(bin + 1, from: phases[bin], turns: alongFrequency[bin] + alongFrequency[bin + 1])
      }
      if bin > 0 {
        reach(bin - 1, from: phases[bin], turns: -alongFrequency[bin] - alongFrequency[bin - 1])
      }
    }
    heap.removeAll()
  }

  /// Starts from the loudest open bin.
  private mutating func begin() {
    var start = -1
    for bin in isOpen.indices where isOpen[bin] {
      if start < 0 || magnitudes[bin] > magnitudes[start] { start = bin }
    }
    reach(start, from: 0, turns: 0)
  }

  /// - Parameter turns: The gradients at both ends; the way between is their mean.
  @inline(__always)
  private mutating func reach(_ bin: Int, from phase: Float, turns: Float) {
    guard isOpen[bin] else { return }
    isOpen[bin] = false
    openCount -= 1
    phases[bin] = wrapped(phase + 0.5 * turns)
    heap.insert(isOpen.count + bin, magnitude: frames[current].magnitudes[bin])
  }
}
