// The state of a workspace, as a value.
extension Workspace {
  /// The network's state of the first `sequences` sequences.
  public func state(sequences count: Int? = nil) -> State {
    let count = count ?? sequences
    precondition(count <= sequences, "the workspace holds fewer sequences")
    if count > keptSequences { forget(keptSequences..<count) }
    var vectors: [State.Vector] = []
    for (layer, kept) in states {
      for index in 0..<kept.vectors {
        var values: [Float] = []
        values.reserveCapacity(count * kept.size)
        for row in 0..<count {
          for column in 0..<kept.size {
            values.append(kept.value(vector: index, row: row, column: column))
          }
        }
        vectors.append(
          State.Vector(layer: layer, index: index, hidden: kept.size, values: values))
      }
    }
    return State(batch: count, vectors: vectors)
  }

  /// Makes `state` the state of the network, for its first sequences.
  public func setState(_ state: State) {
    precondition(state.batch <= sequences, "the workspace holds fewer sequences than the state")
    if state.batch > keptSequences { keptSequences = state.batch }
    precondition(
      state.vectors.count == states.reduce(0) { $0 + $1.state.vectors },
      "the state belongs to another network")
    var place = 0
    for (_, kept) in states {
      for index in 0..<kept.vectors {
        let vector = state.vectors[place]
        precondition(
          vector.hidden == kept.size && vector.index == index,
          "the state belongs to another network")
        for row in 0..<state.batch {
          for column in 0..<kept.size {
            kept.set(
              vector: index, row: row, column: column,
              to: vector.values[row * kept.size + column])
          }
        }
        place += 1
      }
    }
  }

  /// Every state becomes zero.
  public func resetState() { forget(0..<sequences) }

  /// The state of the sequences `rows`, before which all others are kept, becomes zero.
  func forget(_ rows: Range<Int>) {
    keptSequences = rows.upperBound
    for row in rows { forget(sequence: row) }
  }

  /// The state of one sequence becomes zero.
  func forget(sequence: Int) {
    for layer in layers {
      guard let kept = layer.state else { continue }
      for (matrix, first) in kept.places {
        for panel in 0..<matrix.count {
          var row = matrix.write(first + sequence..<first + sequence + 1, panel: panel)
          kernels.clear(&row)
        }
      }
    }
  }

  /// The layers whose state is kept, with their place in the description.
  private var states: [(layer: Int, state: any LayerState)] {
    let places = network.description.layers.indices.filter {
      network.description.layers[$0].has(.keepsState)
    }
    return Array(zip(places, keptStates))
  }
}

extension Workspace {
  /// Sequence `i` of the first `origins.count` goes on with the state of sequence `origins[i]`.
  func reorder(_ origins: [Int]) {
    precondition(
      origins.count <= keptSequences && origins.allSatisfy { $0 < keptSequences && $0 >= 0 },
      "only a state that is kept can be put elsewhere")
    let width = Panels.width
    var before = [Float](repeating: 0, count: keptSequences * width)
    for (_, kept) in states {
      for (matrix, first) in kept.places {
        for panel in 0..<matrix.count {
          let old = matrix.read(first..<first + keptSequences, panel: panel)
          for i in 0..<old.count { before[i] = old[i] }
          var new = matrix.write(first..<first + origins.count, panel: panel)
          for (row, origin) in origins.enumerated() {
            for column in 0..<width { new[row * width + column] = before[origin * width + column] }
          }
        }
      }
    }
  }
}
