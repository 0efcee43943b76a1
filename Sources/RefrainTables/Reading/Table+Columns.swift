extension Table {
  /// A column of texts. A number of JSON becomes the text that it is written as, an array of texts its
  /// elements with a space between.
  ///
  /// - Throws: ``TableError/noSuchColumn(path:name:columns:)``, or
  ///   ``TableError/wrongKind(path:line:column:value:needed:)`` where numbers stand in an array.
  public func texts(of name: String) throws(TableError) -> [String] {
    try column(name, needed: "a text") { value in
      switch value {
      case .text(let text): text
      case .number(let number): Self.written(number)
      case .texts(let texts): texts.joined(separator: " ")
      case .numbers: nil
      }
    }
  }

  /// A column of numbers; fields of CSV and TSV, and strings, are read as decimal numbers, spaces around
  /// them left out.
  ///
  /// - Throws: ``TableError/noSuchColumn(path:name:columns:)``, or
  ///   ``TableError/wrongKind(path:line:column:value:needed:)`` where there is no finite number.
  public func numbers(of name: String) throws(TableError) -> [Double] {
    try column(name, needed: "a number") { value in
      switch value {
      case .text(let text): Self.number(text.trimmingSpaces)
      case .number(let number): number
      case .numbers, .texts: nil
      }
    }
  }

  /// A column of sequences of numbers: arrays, or texts of numbers with spaces between.
  ///
  /// - Throws: ``TableError/noSuchColumn(path:name:columns:)``, or
  ///   ``TableError/wrongKind(path:line:column:value:needed:)`` where anything but finite numbers stands.
  public func numberSequences(of name: String) throws(TableError) -> [[Double]] {
    try column(name, needed: "a sequence of numbers") { value in
      switch value {
      case .text(let text): Self.allNumbers(text.words)
      case .texts(let texts): Self.allNumbers(texts)
      case .number(let number): [number]
      case .numbers(let numbers): numbers
      }
    }
  }

  /// A column of sequences of words: arrays of texts, or texts cut at their spaces.
  ///
  /// - Throws: ``TableError/noSuchColumn(path:name:columns:)``, or
  ///   ``TableError/wrongKind(path:line:column:value:needed:)`` where numbers stand.
  public func wordSequences(of name: String) throws(TableError) -> [[String]] {
    try column(name, needed: "a sequence of words") { value in
      switch value {
      case .text(let text): text.words
      case .texts(let texts): texts
      case .numbers(let numbers): numbers.isEmpty ? [] : nil
      case .number: nil
      }
    }
  }

  private func column<Element>(
    _ name: String, needed: String, _ read: (Value) -> Element?
  ) throws(TableError) -> [Element] {
    let place = try place(of: name)
    var elements: [Element] = []
    elements.reserveCapacity(rowCount)
    for row in lines.indices {
      let value = self[row: row, column: place]
      guard let element = read(value) else {
        throw .wrongKind(
          path: path, line: lines[row], column: name, value: Self.sentencePart(value),
          needed: needed)
      }
      elements.append(element)
    }
    return elements
  }

  private static func number(_ text: String) -> Double? {
    guard let number = Double(text), number.isFinite else { return nil }
    return number
  }

  private static func allNumbers(_ words: [String]) -> [Double]? {
    let numbers = words.compactMap { number($0) }
    return numbers.count == words.count ? numbers : nil
  }

  /// `3` for 3.0: a class that is a number is the same in CSV and in JSON.
  private static func written(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }

  private static func sentencePart(_ value: Value) -> String {
    switch value {
    case .text(""): "nothing"
    case .text(let text): "“\(text.brief)”"
    case .number(let number): written(number)
    case .numbers: "an array of numbers"
    case .texts: "an array of texts"
    }
  }
}

extension String {
  /// The parts between spaces, tabs and line breaks.
  fileprivate var words: [String] {
    split { $0.isWhitespace }.map(String.init)
  }

  fileprivate var trimmingSpaces: String {
    guard utf8.first == 0x20 || utf8.last == 0x20 else { return self }
    return String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
