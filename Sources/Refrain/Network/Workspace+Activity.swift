/// One of a recurrent layer's vectors over time: a gate, a cell state, or the output.
public struct Activity: Equatable, Sendable {
  /// `forget gate`, `cell`, `output`.
  public let name: String
  /// Its values at each step. `[T, H]`
  public let values: [[Float]]
}

// What went on inside the network in the last batch that went forward.
extension Workspace {
  /// The gates of a recurrent layer after their sigmoids and tangents, its cell states and its output, at each step
  /// of the last batch; of a unit of your own only the latter two.
  ///
  /// - Parameters:
  ///   - place: which recurrent layer, counted from 0 from the input on. A layer of both directions counts as
  ///     two, the first of which reads from the end: its first step is each sequence's last.
  ///   - sequence: which sequence of the batch, whose steps past its length mean nothing.
  public func activity(ofRecurrentLayer place: Int = 0, sequence: Int = 0) -> [Activity] {
    let recurrent = layers.indices.filter { layers[$0] is any RecurrentEngine }
    precondition(
      recurrent.indices.contains(place), "The network has no recurrent layer of that number.")
    guard let layer = layers[recurrent[place]] as? any RecurrentEngine, let lastPass else {
      preconditionFailure("Nothing has gone forward yet.")
    }
    let pass = lastPass[sections[recurrent[place]]]
    precondition(pass.batch > sequence && sequence >= 0, "That sequence was not in the last batch.")
    let rows = (0..<pass.steps).map { pass.groups.row(step: $0, sequence: sequence) }
    return layer.activity(rows: rows, batch: pass.batch)
  }
}

extension RecurrentEngine {
  fileprivate func activity(rows: [Int], batch: Int) -> [Activity] {
    var found: [Activity] = []
    for (block, name) in unit.gateNames.enumerated() {
      guard let name else { continue }
      found.append(activity(name, buffers.gates, vector: block, rows: rows))
    }
    // What lies in row r + B of a state is what row r has made.
    let next = rows.map { $0 + batch }
    for vector in 0..<buffers.cellStates.count / buffers.units {
      found.append(activity("cell", buffers.cellStates, vector: vector, rows: next))
    }
    return found + [activity("output", buffers.output, vector: 0, rows: next)]
  }

  private func activity(
    _ name: String, _ panels: Panels, vector: Int, rows: [Int]
  ) -> Activity {
    let first = vector * buffers.units * Panels.width
    return Activity(
      name: name, values: rows.map { row in (0..<hidden).map { panels[row, first + $0] } })
  }
}
