extension String {
  /// The text in lines of at most `width` characters, broken at spaces where it can be.
  func wrapped(to width: Int) -> [String] {
    if count <= width { return [self] }
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = String(word)
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    return lines + [line]
  }

  /// As one word of a shell's command line.
  var quotedForShell: String {
    let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,+@%="
    if !isEmpty && allSatisfy({ plain.contains($0) }) { return self }
    return "'" + replacing("'", with: "'\\''") + "'"
  }
}

extension [String] {
  /// As in a sentence: `text, music and notes`.
  var listed: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + self[count - 1]
  }
}

extension Unicode.Scalar {
  /// The character, or a dot for one that a terminal would act on.
  var visible: Unicode.Scalar {
    switch properties.generalCategory {
    case .control where self != "\t", .format, .lineSeparator, .paragraphSeparator, .privateUse:
      "\u{B7}"
    default: self
    }
  }
}
