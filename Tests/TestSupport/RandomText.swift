/// Random strings out of everything that text has been seen to hold.
package struct RandomText {
  private var random: SystemlessGenerator

  package init(seed: UInt64 = 1) { random = SystemlessGenerator(state: seed) }

  private static let parts: [String] = [
    "a", "b", "Z", "é", "e\u{301}", "ß", "Ω", "\u{2126}", "ﬁ", "Å", "\u{212B}", "don't", "o’clock",
    "3.14", "1,000", "word", "Well-known", " ", " ", " ", "  ", "     ", "                     ",
    "\t", "\n", "\n\n", "\r\n", "\r", "\0", "\u{7}", "\u{FEFF}", "\u{FFFD}", "\u{A0}", "\u{2028}",
    ".", "...", "....................", ",", "!", "?", "--", "---", "-", "—", "'", "\"", "\"", "“",
    "”", "(", ")", "[", "]", "$", "%", "#", "_", "<unk>", "<join>", "/", "\\", "+", "*", "¿", "…",
    "👩‍💻", "👨‍👩‍👧‍👦", "👍🏽", "🇩🇪", "❤️", "\u{301}", "\u{200D}", "\u{200C}", "漢字", "かな", "。", "한국어",
    "שלום", "नमस्ते", "𝔘", "\u{10FFFF}", "\u{E000}", "\u{1F3FB}", "٣", "②",
    String(repeating: "x", count: 70), String(repeating: "\u{301}", count: 40),
  ]

  package mutating func next() -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      if Int.random(in: 0..<12, using: &random) == 0 {
        let value = UInt32.random(in: 0..<0x11_0000, using: &random)
        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
      } else {
        text.unicodeScalars.append(
          contentsOf: Self.parts.randomElement(using: &random)!.unicodeScalars)
      }
    }
    return text
  }
}

/// SplitMix64: the same numbers on every machine.
package struct SystemlessGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// Whether two texts are the same scalar by scalar; `==` would also accept equivalent ones.
package func same(_ a: String, _ b: String) -> Bool {
  a.unicodeScalars.elementsEqual(b.unicodeScalars)
}
