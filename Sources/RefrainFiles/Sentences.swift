// How numbers, names and paths from a file are written into an error's sentence.

extension BinaryInteger {
  /// The decimal digits in groups of three: `1,115,394`.
  package var grouped: String {
    let digits = Array(magnitude.description)
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}

extension String {
  /// A name that came out of a file, fit for a terminal: in quotes, cut at 60 characters, and with
  /// nothing in it that could move the cursor.
  package var quoted: String {
    var text = "“"
    for scalar in unicodeScalars.prefix(60) {
      let isControl = scalar.properties.generalCategory == .control
      text.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    if unicodeScalars.dropFirst(60).first != nil { text.append("…") }
    return text + "”"
  }
}
