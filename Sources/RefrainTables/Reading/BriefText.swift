extension String {
  /// Text out of a file, fit for a sentence on a terminal: cut at 40 characters, and with nothing in it
  /// that could move the cursor.
  var brief: String {
    var text = ""
    for scalar in unicodeScalars.prefix(40) {
      let isControl = scalar.properties.generalCategory == .control
      text.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return unicodeScalars.dropFirst(40).isEmpty ? text : text + "…"
  }
}
