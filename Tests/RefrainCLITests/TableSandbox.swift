import Foundation

/// A network for tables that trains in a moment.
let smallTable = ["--hidden", "8", "--embedding", "6", "--batch-size", "8"]

extension Sandbox {
  /// A sandbox with tables.
  static func withTables() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeTables()
    return sandbox
  }

  /// Writes tables: words with their language and sounds, letters and what they are, numbers.
  func writeTables() throws {
    let syllables = ["ka", "to", "mi", "ru", "ne", "so"]
    var words = "word\tlanguage\tsounds\n"
    var letters = "letters\tcases\n"
    for index in 0..<60 {
      let parts = (0...index % 3).map { syllables[(index + $0 * (index / 6 + 1)) % 6] }
      let word = parts.joined() + (index % 2 == 0 ? "n" : "")
      let sounds = word.map { String($0).uppercased() }.joined(separator: " ")
      words += "\(word)\t\(index % 2 == 0 ? "north" : "south")\t\(sounds)\n"
      let cases = word.map { "aeiou".contains($0) ? "V" : "C" }.joined(separator: " ")
      letters += "\(word.map { String($0) }.joined(separator: " "))\t\(cases)\n"
    }
    try write(words, to: "words.tsv")
    try write(letters, to: "letters.tsv")
    var numbers = "a,b,sum\n"
    for index in 0..<80 {
      let (a, b) = (Double(index % 9), Double(index * 7 % 11))
      numbers += "\(a),\(b),\(2 * a - b)\n"
    }
    try write(numbers, to: "numbers.csv")
  }
}
