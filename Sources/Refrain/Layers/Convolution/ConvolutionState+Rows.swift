// Which rows are some steps before which. A group's steps lie next to each other, so that most of a pass's rows
// have theirs in a row, too.
extension ConvolutionState {
  /// Counts, for the thread's own sequences, how many steps of a document stand before each row.
  func findStarts(_ pass: Pass, _ share: ThreadShare) {
    for part in pass.groups.parts(of: share.part(of: pass.batch)) {
      for t in 0..<pass.steps {
        let rows = part.step(t).rows
        let before = t == 0 ? rows : part.step(t - 1).rows
        for (row, previous) in zip(rows, before) {
          let steps = t == 0 ? stepsBack : min(Int(known[previous]) + 1, stepsBack)
          known[row] = pass.starts[row] != 0 ? 0 : Int32(steps)
        }
      }
    }
  }

  /// Calls `body` with adjacent ones of `rows` and the first row of what was read `back` steps before: in
  /// the history, or in the pass. Rows whose document had not begun then are left out.
  func forEachEarlier(
    _ rows: Range<Int>, back: Int, _ pass: Pass,
    _ body: (_ isInHistory: Bool, _ earlier: Int, _ rows: Range<Int>) -> Void
  ) {
    var first = rows.lowerBound
    while first < rows.upperBound {
      let group = pass.groups.sequences(besideRow: first)
      let start = group.lowerBound * pass.steps
      let end = min(rows.upperBound, group.upperBound * pass.steps)
      let border = min(end, start + back * group.count)
      while first < border {
        let (step, place) = (first - start).quotientAndRemainder(dividingBy: group.count)
        let next = min(border, start + (step + 1) * group.count)
        let earlier = row(back: back - step, sequence: group.lowerBound + place)
        forEachKnown(first..<next, back, pass) { body(true, earlier + $0.lowerBound - first, $0) }
        first = next
      }
      forEachKnown(first..<end, back, pass) { body(false, $0.lowerBound - back * group.count, $0) }
      first = end
    }
  }

  /// Calls `body` with adjacent ones of `rows` and the first row of what is read `back` steps later in the
  /// pass, in the same document.
  func forEachLater(
    _ rows: Range<Int>, back: Int, _ pass: Pass, _ body: (_ later: Int, _ rows: Range<Int>) -> Void
  ) {
    var first = rows.lowerBound
    while first < rows.upperBound {
      let group = pass.groups.sequences(besideRow: first)
      let end = min(rows.upperBound, group.upperBound * pass.steps)
      let distance = back * group.count
      let last = min(end, group.upperBound * pass.steps - distance)
      if first < last {
        forEachKnown(first + distance..<last + distance, back, pass) {
          body($0.lowerBound, $0.lowerBound - distance..<$0.upperBound - distance)
        }
      }
      first = end
    }
  }

  /// The parts of `rows` whose documents had begun `back` steps before.
  private func forEachKnown(
    _ rows: Range<Int>, _ back: Int, _ pass: Pass, _ body: (Range<Int>) -> Void
  ) {
    if !pass.hasStarts || back == 0 {
      if !rows.isEmpty { body(rows) }
      return
    }
    var first = rows.lowerBound
    for row in rows where known[row] < back {
      if first < row { body(first..<row) }
      first = row + 1
    }
    if first < rows.upperBound { body(first..<rows.upperBound) }
  }
}
