import RefrainFiles
import Testing

/// What holds the tests of files together.
@Suite enum FileTests {}

extension FileTests {
  /// Files for the tests of the safetensors reader, right and wrong ones.
  enum TestFiles {
    /// A file with this header, not necessarily a right one, and this many bytes of data.
    static func file(header: String, data: Int = 0) -> [UInt8] {
      file(header: Array(header.utf8), data: data)
    }

    /// A file with these bytes for its header.
    static func file(header: [UInt8], data: Int = 0) -> [UInt8] {
      file(length: UInt64(header.count), rest: header + (0..<data).map { UInt8($0 % 251) })
    }

    /// A file that begins with this length of its header.
    static func file(length: UInt64, rest: [UInt8] = []) -> [UInt8] {
      (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + rest
    }

    /// A header of `count` tensors without elements.
    static func header(entries count: Int) -> String {
      let entries = (0..<count).lazy.map {
        "\"t\($0)\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}"
      }
      return "{" + entries.joined(separator: ",") + "}"
    }

    /// A small file as the project writes them, with its hash.
    static func smallModel() -> [UInt8] {
      SafeTensors(
        metadata: ["format": "pt", "text": "“ä”\n"],
        tensors: [
          .init(name: "weight", shape: [2, 3], floats: [1, 2, 3, 4, 5, 6]),
          .init(name: "step", shape: [], int64s: [7]),
          .init(name: "empty", shape: [0, 4], doubles: []),
        ]
      ).encoded(hashed: true)
    }
  }
}
