internal import Foundation

/// What stands in for a character that a vocabulary lacks; ``Vocabulary/encode(_:)`` states the
/// rule.
enum CharacterFallback {
  /// The characters, all known, to use instead of `scalar`; empty: leave it out.
  static func replacement(
    for scalar: UInt32, isKnown: (Unicode.Scalar) -> Bool
  ) -> [Unicode.Scalar] {
    guard let scalar = Unicode.Scalar(scalar) else { return [] }
    let typographic = plain[scalar].map { Array($0.unicodeScalars) } ?? []
    let base = baseLetters(of: scalar)
    let candidates = [typographic, base, otherCase(of: scalar), typographic, base]
    for (step, candidate) in candidates.enumerated() where !candidate.isEmpty {
      if candidate.allSatisfy(isKnown) { return candidate }
      guard step >= 3 else { continue }
      let recased = candidate.flatMap { isKnown($0) ? [$0] : otherCase(of: $0) }
      if !recased.isEmpty, recased.allSatisfy(isKnown) { return recased }
    }
    return []
  }

  /// `text` with straight quotes, hyphens, points and spaces instead of their typographic variants.
  static func plainTypography(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\r" { continue }
      let variant = plain[scalar].map { Array($0.unicodeScalars) } ?? [scalar]
      result.unicodeScalars.append(contentsOf: variant)
    }
    return result
  }

  /// What is left of a scalar's compatibility decomposition without its marks.
  private static func baseLetters(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    if let letters = letters[scalar] { return Array(letters.unicodeScalars) }
    let parts = String(Character(scalar)).decomposedStringWithCompatibilityMapping.unicodeScalars
    let base = parts.filter { ScalarKind($0.value) != .mark }
    return base.elementsEqual(CollectionOfOne(scalar)) ? [] : Array(base)
  }

  private static func otherCase(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    for variant in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
      let scalars = Array(variant.unicodeScalars)
      if scalars != [scalar] { return scalars }
    }
    return []
  }

  /// Typographic variants and what is typed instead.
  private static let plain: [Unicode.Scalar: String] = [
    "\u{2018}": "'", "\u{2019}": "'", "\u{201A}": "'", "\u{201B}": "'", "\u{2032}": "'",
    "\u{2039}": "'", "\u{203A}": "'", "\u{00B4}": "'", "\u{0060}": "'",
    "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{201F}": "\"", "\u{2033}": "\"",
    "\u{00AB}": "\"", "\u{00BB}": "\"",
    "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-", "\u{2013}": "-", "\u{2014}": "-",
    "\u{2015}": "-", "\u{2212}": "-",
    "\u{2026}": "...", "\u{2022}": "*", "\u{00B7}": ".",
    "\t": " ", "\u{00A0}": " ", "\u{2002}": " ", "\u{2003}": " ", "\u{2007}": " ",
    "\u{2009}": " ", "\u{200A}": " ", "\u{202F}": " ", "\u{3000}": " ",
    "\u{2028}": "\n", "\u{2029}": "\n", "\u{0085}": "\n",
  ]

  /// Letters that are no base letter with a mark, as they are written without them.
  private static let letters: [Unicode.Scalar: String] = [
    "\u{00DF}": "ss", "\u{1E9E}": "SS", "\u{00E6}": "ae", "\u{00C6}": "AE", "\u{0153}": "oe",
    "\u{0152}": "OE", "\u{00F8}": "o", "\u{00D8}": "O", "\u{0142}": "l", "\u{0141}": "L",
    "\u{0111}": "d", "\u{0110}": "D", "\u{00F0}": "d", "\u{00D0}": "D", "\u{00FE}": "th",
    "\u{00DE}": "Th", "\u{0131}": "i", "\u{0127}": "h", "\u{0126}": "H",
  ]
}
