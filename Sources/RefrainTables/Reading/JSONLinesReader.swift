internal import Foundation
internal import Refrain

/// Reads JSON Lines: an object per line, all with the same keys; empty lines are passed over.
struct JSONLinesReader {
  private let bytes: [UInt8]
  private let path: String
  private let decoder = JSONDecoder()

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  func table() throws(TableError) -> Table {
    var columns: [String] = []
    var lines: [Int] = []
    var values: [Table.Value] = []
    var line = 0
    var start = TableFile.textStart(bytes)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      line += 1
      defer { start = end + 1 }
      guard bytes[start..<end].contains(where: { $0 > 0x20 }) else { continue }
      var object = try object(in: bytes[start..<end], line: line)
      if lines.isEmpty {
        columns = object.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      }
      lines.append(line)
      for column in columns {
        guard let value = object.removeValue(forKey: column) else {
          throw .missingKey(path: path, line: line, key: column)
        }
        values.append(value.value)
      }
      if let key = object.keys.min() { throw .extraKey(path: path, line: line, key: key) }
    }
    guard !lines.isEmpty else { throw .empty(path: path) }
    return Table(path: path, columns: columns, lines: lines, values: values)
  }

  private func object(
    in json: ArraySlice<UInt8>, line: Int
  ) throws(TableError) -> [String: JSONValue] {
    // The decoder would look for another encoding.
    guard String(validating: json, as: UTF8.self) != nil else {
      throw .notUTF8(path: path, line: line)
    }
    let object: [String: JSONValue]
    do {
      object = try decoder.decode([String: JSONValue].self, from: Data(json))
    } catch let unusable as UnusableValue {
      throw .unusableValue(path: path, line: line, column: unusable.column)
    } catch DecodingError.typeMismatch, DecodingError.valueNotFound {
      throw .notAnObject(path: path, line: line)
    } catch {
      throw .notJSON(path: path, line: line)
    }
    // The decoder takes one of two values of a key without a word.
    if let problem = problem(ofJSONObject: Array(json)) {
      throw .brokenObject(path: path, line: line, problem: problem)
    }
    return object
  }
}

/// A value as JSON has it.
private struct JSONValue: Decodable {
  let value: Table.Value

  /// Decodes a number, a string or an array of either.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      value = .text(text)
    } else if let number = try? container.decode(Double.self) {
      value = .number(number)
    } else if let numbers = try? container.decode([Double].self) {
      value = .numbers(numbers)
    } else if let texts = try? container.decode([String].self) {
      value = .texts(texts)
    } else {
      throw UnusableValue(column: decoder.codingPath.first?.stringValue ?? "")
    }
  }
}

/// A value that a table has no place for.
private struct UnusableValue: Error {
  let column: String
}
