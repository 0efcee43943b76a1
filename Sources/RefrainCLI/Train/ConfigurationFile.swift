import Foundation
import Refrain

/// A value in a configuration file.
enum ConfigurationValue: Equatable, Sendable, Decodable {
  case integer(Int)
  case number(Double)
  case string(String)
  case strings([String])
  case bool(Bool)
  case other

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .other
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else {
      self = (try? container.decode([String].self)).map { .strings($0) } ?? .other
    }
  }

  /// A number of either kind.
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// A text, or a number as one: the validation part is either.
  var text: String? {
    if case .string(let text) = self { return text }
    return double.map { _ in json.text }
  }

  /// As it is written.
  var json: JSONValue {
    switch self {
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .strings(let values): .array(values.map { .string($0) })
    case .bool(let value): .bool(value)
    case .other: .null
    }
  }
}

/// `config.json`: the long names of options with their values, and the inputs.
struct ConfigurationFile {
  /// Files, folders, `-`.
  var inputs: [String] = []
  /// What stands in the file.
  private(set) var values: [String: ConfigurationValue] = [:]
  private let path: String

  /// The options and inputs of a training, to be written to `path`.
  init(_ options: TrainOptions, inputs: [String], path: String) {
    self.path = path
    self.inputs = inputs
    for option in TrainOption.all { values[option.name] = option.value(options) }
  }

  /// Reads a file.
  ///
  /// - Throws: ``Failure``.
  init(contentsOf path: String) throws {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw Failure("\(path) cannot be read; check the path given with --config.")
    }
    try self.init(data, path: path)
  }

  /// Understands what stands in a file.
  ///
  /// - Throws: ``Failure``.
  init(_ data: Data, path: String) throws {
    self.path = path
    do {
      values = try JSONDecoder().decode([String: ConfigurationValue].self, from: data)
    } catch DecodingError.dataCorrupted(let context) {
      let place = (context.underlyingError as? NSError)?.userInfo[NSDebugDescriptionErrorKey]
      let detail = (place as? String).map { " (\($0.trimmingCharacters(in: ["."])))" } ?? ""
      throw Failure("\(path) is not valid JSON\(detail); correct it, or leave out --config.")
    } catch {
      throw Failure("\(path) must hold a JSON object, such as {\"hidden\": 256}.")
    }
    if let value = values.removeValue(forKey: "inputs") {
      guard case .strings(let inputs) = value else {
        throw Failure("“inputs” in \(path) must be a list of texts, such as [\"poems.txt\"].")
      }
      self.inputs = inputs
    }
  }

  /// Fills in what `options` leave open; a limit among them replaces all of the file's.
  ///
  /// - Throws: ``Failure`` that names an unknown key or a value of the wrong kind.
  func fill(_ options: inout TrainOptions) throws {
    let hasLimits = options.limits.given != nil
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      if hasLimits && Self.limits.contains(key) { continue }
      guard let option = TrainOption.all.first(where: { $0.name == key }) else {
        let names = TrainOption.all.map(\.name) + ["inputs"]
        let brief = key.brief
        let nearest = names.min { brief.distance(to: $0) < brief.distance(to: $1) } ?? ""
        throw Failure(
          "\(path) has the unknown key “\(brief)”; did you mean \(nearest)?")
      }
      if option.value(options) == nil, !option.set(&options, value) {
        throw Failure("“\(key)” in \(path) must be \(option.kind), not \(value.json.text.brief).")
      }
    }
  }

  /// Fills in which columns should be said, if `options` leave it open: with them it is a table.
  ///
  /// - Throws: ``Failure`` for a value of the wrong kind.
  func fill(tableOf options: inout TrainOptions) throws {
    guard let value = values["target-column"], options.table.targets.isEmpty else { return }
    guard case .strings(let names) = value else {
      throw Failure(
        "“target-column” in \(path) must be a list of texts, not \(value.json.text.brief).")
    }
    options.table.targets = names
  }

  /// The names of the options that end a training.
  static let limits: Set<String> = ["epochs", "steps", "minutes"]

  /// Replaces values by what the options called `names` are in `options`, or takes them away.
  mutating func take(_ names: Set<String>, of options: TrainOptions) {
    for option in TrainOption.all where names.contains(option.name) {
      values[option.name] = option.value(options)
    }
  }

  /// Writes the file, whole or not at all.
  ///
  /// - Throws: ``FileError``.
  func write() throws {
    var lines = ["  \"inputs\": " + ConfigurationValue.strings(inputs).json.text]
    for option in TrainOption.all {
      guard let value = values[option.name] else { continue }
      lines.append("  \"\(option.name)\": " + value.json.text)
    }
    try DurableFile.write(Array("{\n\(lines.joined(separator: ",\n"))\n}\n".utf8), to: path)
  }
}

extension String {
  /// Text out of a file, fit for a sentence on a terminal: cut at 60 characters, and with nothing in it
  /// that could move the cursor.
  fileprivate var brief: String {
    var text = ""
    for scalar in unicodeScalars.prefix(60) {
      let isControl = scalar.properties.generalCategory == .control
      text.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return unicodeScalars.dropFirst(60).isEmpty ? text : text + "…"
  }

  /// Single-letter changes between two names.
  fileprivate func distance(to other: String) -> Int {
    var row = Array(0...other.count)
    for (i, letter) in enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, otherLetter) in other.enumerated() {
        let above = row[j + 1]
        row[j + 1] = Swift.min(above + 1, row[j] + 1, diagonal + (letter == otherLetter ? 0 : 1))
        diagonal = above
      }
    }
    return row[other.count]
  }
}
