// What a workspace remembers, as a value.
extension Workspace {
  /// What the network remembers of the first `sequences` sequences.
  public func state(sequences count: Int? = nil) -> State {
    let count = count ?? sequences
    precondition(count <= sequences, "the workspace holds fewer sequences")
    if count > remembered { forget(remembered..<count) }
    var vectors: [State.Vector] = []
    for (layer, memory) in memories {
      for index in 0..<memory.vectors {
        var values: [Float] = []
        values.reserveCapacity(count * memory.size)
        for row in 0..<count {
          for column in 0..<memory.size {
            values.append(memory.value(vector: index, row: row, column: column))
          }
        }
        vectors.append(
          State.Vector(layer: layer, index: index, hidden: memory.size, values: values))
      }
    }
    return State(batch: count, vectors: vectors)
  }

  /// Makes the network remember `state`, for its first sequences.
  public func setState(_ state: State) {
    precondition(state.batch <= sequences, "the workspace holds fewer sequences than the state")
    if state.batch > remembered { remembered = state.batch }
    precondition(
      state.vectors.count == memories.reduce(0) { $0 + $1.memory.vectors },
      "the state belongs to another network")
    var place = 0
    for (_, memory) in memories {
      for index in 0..<memory.vectors {
        let vector = state.vectors[place]
        precondition(
          vector.hidden == memory.size && vector.index == index,
          "the state belongs to another network")
        for row in 0..<state.batch {
          for column in 0..<memory.size {
            memory.set(
              vector: index, row: row, column: column,
              to: vector.values[row * memory.size + column])
          }
        }
        place += 1
      }
    }
  }

  /// Makes the network forget: every state is zero.
  public func resetState() { forget(0..<sequences) }

  /// The state of the sequences `rows`, up to which all others are remembered, becomes zero.
  func forget(_ rows: Range<Int>) {
    remembered = rows.upperBound
    for row in rows { forget(sequence: row) }
  }

  /// The state of one sequence becomes zero.
  func forget(sequence: Int) {
    for layer in layers {
      guard let memory = layer.memory else { continue }
      for (matrix, first) in memory.places {
        for panel in 0..<matrix.count {
          var row = matrix.write(first + sequence..<first + sequence + 1, panel: panel)
          kernels.clear(&row)
        }
      }
    }
  }

  /// The layers whose memory is kept, with their place in the description.
  private var memories: [(layer: Int, memory: any LayerMemory)] {
    let places = network.description.layers.indices.filter {
      network.description.layers[$0].has(.remembers)
    }
    return Array(zip(places, keptMemories))
  }
}

extension Workspace {
  /// Sequence `i` of the first `origins.count` goes on with what sequence `origins[i]` remembers.
  func reorder(_ origins: [Int]) {
    precondition(
      origins.count <= remembered && origins.allSatisfy { $0 < remembered && $0 >= 0 },
      "only what is remembered can be put elsewhere")
    let width = Panels.width
    var before = [Float](repeating: 0, count: remembered * width)
    for (_, memory) in memories {
      for (matrix, first) in memory.places {
        for panel in 0..<matrix.count {
          let old = matrix.read(first..<first + remembered, panel: panel)
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
