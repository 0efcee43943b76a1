import Foundation
import Refrain
import TestSupport
import Testing

/// What a recurrent layer tells of its inside makes its next state, by the unit's own formula.
struct ActivityTests {
  private func named(_ activities: [Activity]) -> [String: [[Float]]] {
    Dictionary(uniqueKeysWithValues: activities.map { ($0.name, $0.values) })
  }

  @Test(arguments: CellKind.builtIn, [1, 9, 17, 33])
  func gatesMakeTheNextState(kind: CellKind, hidden: Int) throws {
    let network = try Network(
      ModelDescription(input: .tokens(5), output: .softmax(5)) {
        Embedding(4)
        Recurrent(kind, hidden)
      }, seed: 3)
    let (steps, sequences) = (6, 3)
    let workspace = Workspace(
      network, steps: steps, sequences: sequences, mode: .inference, threads: 1)
    let tokens = (0..<Int32(steps * sequences)).map { ($0 * 7 + 1) % 5 }
    workspace.forward(
      Batch(steps: steps, sequences: sequences, tokens: tokens, targets: tokens))
    for sequence in 0..<sequences {
      let activities = named(workspace.activity(sequence: sequence))
      let output = try #require(activities["output"])
      #expect(output.count == steps && output.allSatisfy { $0.count == hidden })
      // After the last step, the output is what the state keeps.
      let state = workspace.state(sequences: sequences).vectors[0].values
      #expect(Array(state[sequence * hidden..<(sequence + 1) * hidden]) == output[steps - 1])
      // Units whose sums have no names, such as the RNN, tell nothing but their output.
      if activities.count == 1 { continue }
      let reference = referenceCell(kind, Float.self)
      let cellState = activities["cell"] ?? output
      for step in 0..<steps {
        for unit in 0..<hidden {
          let before = step == 0 ? 0 : cellState[step - 1][unit]
          let expected = reference.next({ activities[$0]![step][unit] }, before: before)
          #expect(abs(cellState[step][unit] - expected) < 1e-5)
          if let gate = activities["output gate"] {
            #expect(
              abs(output[step][unit] - gate[step][unit] * tanh(cellState[step][unit])) < 1e-5)
          }
        }
      }
    }
  }

  @Test func aLayerOfBothDirectionsCountsAsTwo() throws {
    let network = try Network(
      ModelDescription(input: .tokens(5), output: .softmax(5)) {
        Embedding(4)
        Bidirectional(.gru, 9)
        LSTM(7)
      })
    let workspace = Workspace(network, steps: 4, sequences: 1, mode: .inference, threads: 1)
    workspace.forward(Batch(steps: 4, sequences: 1, tokens: [1, 2, 3, 4], targets: [0, 0, 0, 0]))
    #expect(named(workspace.activity(ofRecurrentLayer: 1))["update gate"]?[0].count == 9)
    #expect(named(workspace.activity(ofRecurrentLayer: 2))["forget gate"]?[3].count == 7)
  }
}
