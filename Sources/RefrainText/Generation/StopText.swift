/// Lets text through until a given text has come, which it keeps back.
///
/// Scalars are compared, not what looks like a character: a text that comes in pieces may go on with
/// an accent for what has been let through already.
package struct StopText {
  private let stop: [Unicode.Scalar]
  /// For each beginning of `stop`, how long the longest shorter beginning is that it ends with.
  private let borders: [Int]
  /// What is held back: this many scalars, which `stop` begins with.
  private var matched = 0
  /// True once the text has come.
  package private(set) var isFound = false

  /// Looks for `stop`; nil or empty: never found.
  package init(_ stop: String?) {
    let stop = Array((stop ?? "").unicodeScalars)
    var borders = [0, 0]
    for end in stop.indices.dropFirst() {
      var border = borders[end]
      while border > 0 && stop[border] != stop[end] { border = borders[border] }
      borders.append(stop[border] == stop[end] ? border + 1 : 0)
    }
    self.stop = stop
    self.borders = borders
  }

  /// What of the text so far can be no part of the text to stop at (Knuth, Morris & Pratt 1977).
  package mutating func append(_ piece: String) -> String {
    if isFound { return "" }
    if stop.isEmpty { return piece }
    var free = String.UnicodeScalarView()
    for scalar in piece.unicodeScalars {
      while matched > 0 && stop[matched] != scalar { release(into: &free) }
      if stop[matched] == scalar { matched += 1 } else { free.append(scalar) }
      if matched == stop.count {
        isFound = true
        break
      }
    }
    return String(free)
  }

  /// Lets go of as much as cannot be the beginning of `stop`.
  private mutating func release(into free: inout String.UnicodeScalarView) {
    let border = borders[matched]
    free.append(contentsOf: stop[..<(matched - border)])
    matched = border
  }

  /// What was held back for nothing.
  package mutating func finish() -> String {
    defer { matched = 0 }
    if isFound { return "" }
    var rest = String.UnicodeScalarView()
    rest.append(contentsOf: stop[..<matched])
    return String(rest)
  }
}
