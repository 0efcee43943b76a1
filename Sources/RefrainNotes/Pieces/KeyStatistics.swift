internal import Foundation
package import Refrain

/// How often each key is down in some pieces, by itself and after itself: what can be predicted without a
/// network.
public struct KeyStatistics: Codable, Equatable, Sendable {
  /// Time steps that were predicted: all but the first of each piece.
  public private(set) var timeSteps = 0
  /// How many of these each key is down in. `[88]`
  private var down = [Int](repeating: 0, count: KeySet.keys.count)
  /// In how many each key was down in the time step before. `[88]`
  private var before = [Int](repeating: 0, count: KeySet.keys.count)
  /// In how many it was and stays. `[88]`
  private var held = [Int](repeating: 0, count: KeySet.keys.count)

  /// The names in model files.
  private enum CodingKeys: String, CodingKey {
    case timeSteps = "moments"
    case down, before, held
  }

  /// What the pieces are like.
  public init(_ pieces: [PianoRoll]) {
    for piece in pieces {
      for (last, next) in zip(piece.frames, piece.frames.dropFirst()) {
        timeSteps += 1
        for (i, key) in KeySet.keys.enumerated() {
          let (was, comes) = (last.contains(key), next.contains(key))
          if comes { down[i] += 1 }
          if was { before[i] += 1 }
          if was && comes { held[i] += 1 }
        }
      }
    }
  }

  /// Lets an untrained network of notes begin with saying that each key is down as often as it was: to find
  /// that out by small steps would take hundreds of them.
  ///
  /// - Parameter transpose: half-tones, up to which the pieces are learned in every transposition.
  package func begin(_ network: Network, transpose: Int) {
    let shifts = -transpose...transpose
    let odds = down.indices.map { i in
      let sum = shifts.reduce(0) { $0 + (down.indices.contains(i - $1) ? down[i - $1] : 0) }
      let probability = (Double(sum) + 0.5) / Double(timeSteps * shifts.count + 1)
      return Float(log(probability / (1 - probability)))
    }
    network.setValues(of: "output.bias", to: odds)
  }

  /// What a file says is possible.
  var isPossible: Bool {
    let count = KeySet.keys.count
    guard down.count == count, before.count == count, held.count == count, timeSteps > 0 else {
      return false
    }
    return (0..<count).allSatisfy { i in
      held[i] >= 0 && held[i] <= min(down[i], before[i]) && max(down[i], before[i]) <= timeSteps
        && down[i] - held[i] <= timeSteps - before[i]
    }
  }

  /// The loss, in nats per time step, of predicting that each key is down as often as it was in these pieces.
  ///
  /// - Parameter pieces: at least one with two time steps.
  public func lossOfFrequencies(_ pieces: [PianoRoll]) -> Double {
    loss(pieces) { i, _ in (down[i], timeSteps) }
  }

  /// The loss, in nats per time step, of predicting that each key comes after itself, down or not, as often as it
  /// did in these pieces.
  ///
  /// - Parameter pieces: at least one with two time steps.
  public func lossOfHolding(_ pieces: [PianoRoll]) -> Double {
    loss(pieces) { i, was in
      was ? (held[i], before[i]) : (down[i] - held[i], timeSteps - before[i])
    }
  }

  /// The loss where `counts` tells how often the key was down, out of how often, given whether it is now.
  private func loss(
    _ pieces: [PianoRoll], _ counts: (_ index: Int, _ isDown: Bool) -> (down: Int, of: Int)
  ) -> Double {
    var (sum, predicted) = (0.0, 0)
    for piece in pieces {
      for (last, next) in zip(piece.frames, piece.frames.dropFirst()) {
        predicted += 1
        for (i, key) in KeySet.keys.enumerated() {
          let (down, of) = counts(i, last.contains(key))
          // Half a time step more of either kind, so that nothing is impossible (Krichevsky & Trofimov 1981).
          let probability = (Double(down) + 0.5) / Double(of + 1)
          sum -= log(next.contains(key) ? probability : 1 - probability)
        }
      }
    }
    precondition(predicted > 0, "a piece has two time steps or more")
    return sum / Double(predicted)
  }
}
