import Foundation
import Refrain
import RefrainRuns
import RefrainNotes
import Testing

struct NotesMeasuresTests {
  private func roll(_ frames: [[Int]]) throws -> PianoRoll {
    PianoRoll(try frames.map { try KeySet($0) })
  }

  @Test func whatPiecesAreLike() throws {
    let measures = NotesMeasures([
      // C, E, G and a foreign C sharp; then a piece of its own in D flat.
      try roll([[60, 64, 67], [60, 64, 67], [60, 61], []]), try roll([[61, 65]]),
    ])
    #expect(measures.keysAtATime == 10.0 / 4)
    #expect(measures.lowest == 60 && measures.highest == 67)
    #expect(measures.repeated == 1.0 / 3 && measures.silent == 0.2)
    #expect(abs(measures.inScale - 0.9) < 1e-12)
    // Held keys: 60 for three time steps, 64 and 67 for two, 61, then 61 and 65 for one.
    #expect(measures.noteLength == 10.0 / 6)
  }

  @Test func silence() throws {
    let measures = NotesMeasures([try roll([[], []])])
    #expect(measures.keysAtATime == 0 && measures.lowest == nil && measures.silent == 1)
    #expect(measures.repeated == 1 && measures.inScale == 0 && measures.noteLength == 0)
    #expect(NotesMeasures([]).silent == 0)
  }

  @Test func whatNeedsNoNetwork() throws {
    let statistics = KeyStatistics([try roll([[60], [60], [60], [], [60]])])
    #expect(statistics.timeSteps == 4)
    let tested = [try roll([[60], [], [60]])]
    // Each of 87 keys that are never down: half a time step out of five.
    let others = -87 * log(1 - 0.5 / 5)
    let frequencies = -(log(1.5 / 5) + log(3.5 / 5)) / 2
    #expect(abs(statistics.lossOfFrequencies(tested) - others - frequencies) < 1e-9)
    // Down three times, of which it stays down twice; up once, and then it comes.
    let holding = -(log(1 - 2.5 / 4) + log(1.5 / 2)) / 2
    #expect(abs(statistics.lossOfHolding(tested) - others - holding) < 1e-9)
  }

  /// Before its first step, a network whose layers have learned nothing yet is as good as the frequencies.
  @Test(arguments: [0, 2]) func networksBeginWithTheFrequencies(_ transpose: Int) throws {
    let pieces = try (0..<4).map { try roll([[60], [60 + $0], [60], [], [60]]) }
    let statistics = KeyStatistics(pieces)
    let network = try Network(NotesModel().description, seed: 1)
    let weights = network.values(of: "output.weight")
    network.setValues(of: "output.weight", to: weights.map { _ in 0 })
    statistics.begin(network, transpose: transpose)
    var moved: [PianoRoll] = []
    for halfTones in -transpose...transpose {
      moved += pieces.compactMap { $0.transposed(by: halfTones) }
    }
    let loss = try NotesEvaluator(network, statistics: statistics).evaluate(moved).loss
    #expect(abs(loss - KeyStatistics(moved).lossOfFrequencies(moved)) < 0.02)
  }
}
