import RefrainFiles
import Testing

extension FileTests {
  /// Every file that a reader of the format has to decide about, and what ours decides.
  @Suite("Safetensors decisions")
  struct SafeTensorsDecisionTests {
    struct Case: CustomTestStringConvertible, Sendable {
      let name: String
      let bytes: [UInt8]
      let isAccepted: Bool
      /// A part of the sentence that refuses it.
      let sentence: String
      var testDescription: String { name }

      static func accept(_ name: String, _ header: String, data: Int = 0) -> Case {
        Case(
          name: name, bytes: TestFiles.file(header: header, data: data), isAccepted: true,
          sentence: "")
      }

      static func reject(
        _ name: String, _ header: String, data: Int = 0, _ sentence: String
      ) -> Case {
        Case(
          name: name, bytes: TestFiles.file(header: header, data: data), isAccepted: false,
          sentence: sentence)
      }

      static func reject(_ name: String, bytes: [UInt8], _ sentence: String) -> Case {
        Case(name: name, bytes: bytes, isAccepted: false, sentence: sentence)
      }
    }

    private static func entry(
      _ name: String, _ dtype: String, _ shape: String, _ begin: Int, _ end: Int
    ) -> String {
      "\"\(name)\":{\"dtype\":\"\(dtype)\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(end)]}"
    }

    /// The most bytes whose bits can be counted.
    private static let most = Int.max / 8

    private static let w = entry("w", "U8", "[4]", 0, 4)

    static let places: [Case] = [
      .reject(
        "shape whose product overflows",
        "{" + entry("w", "F32", "[4194305,4194305,211106198978564]", 0, 16) + "}", data: 16,
        "cannot be counted"),
      .reject(
        "duplicate tensor", "{\(w)," + entry("w", "F32", "[1]", 0, 4) + "}", data: 4, "second"),
      .accept(
        "empty tensor at a real one", "{\(w)," + entry("e", "F32", "[0]", 0, 0) + "}", data: 4),
      .accept("empty tensor at the end", "{\(w)," + entry("e", "F32", "[0]", 4, 4) + "}", data: 4),
      .reject("hole", "{\(w)," + entry("v", "U8", "[4]", 5, 9) + "}", data: 9, "a hole"),
      .reject("overlap", "{\(w)," + entry("v", "U8", "[4]", 3, 7) + "}", data: 7, "overlaps"),
      .reject(
        "first does not begin at 0", "{" + entry("w", "U8", "[4]", 1, 5) + "}", data: 5, "hole"),
      .reject("end before begin", "{" + entry("w", "U8", "[4]", 4, 0) + "}", data: 4, "before"),
      .reject("trailing byte", "{\(w)}", data: 5, "longer than its header says"),
      .reject("byte missing", "{\(w)}", data: 3, "cut short"),
      .reject(
        "shape and bytes differ", "{" + entry("w", "F32", "[2]", 0, 4) + "}", data: 4, "need 8"),
      .reject(
        "more bytes than the shape needs", "{" + entry("w", "U8", "[4]", 0, 5) + "}", data: 5,
        "need 4"),
      .reject(
        "half a byte", "{" + entry("w", "F4", "[3]", 0, 1) + "}", data: 1, "cannot be counted"),
      .accept("two halves of a byte", "{" + entry("w", "F4", "[2]", 0, 1) + "}", data: 1),
      .reject(
        "more bytes than any file",
        "{" + entry("w", "U8", "[\(most)]", 0, most) + "}", data: 4, "cut short"),
      .reject(
        "more bytes than any number",
        "{"
          + (0..<8).map { entry("\($0)", "U8", "[\(most)]", $0 * most, ($0 + 1) * most) }
          .joined(separator: ",") + "}", data: 4, "cut short"),
      .accept("scalar", "{" + entry("w", "F32", "[]", 0, 4) + "}", data: 4),
      .accept("no tensors", "{}"),
    ]

    static let headers: [Case] = [
      .accept(
        "unknown field",
        #"{"w":{"dtype":"U8","x":[{"y":[-1.5e3,null,true,"z"]}],"shape":[4],"data_offsets":[0,4]}}"#,
        data: 4),
      .reject("space before the brace", " {}", "is expected"),
      .reject("negative dimension", "{" + entry("w", "U8", "[-4]", 0, 4) + "}", data: 4, "digits"),
      .reject("dimension 1.0", "{" + entry("w", "U8", "[4.0]", 0, 4) + "}", data: 4, "is expected"),
      .reject("dimension 04", "{" + entry("w", "U8", "[04]", 0, 4) + "}", data: 4, "begins with 0"),
      .reject(
        "dimension of 2^64", "{" + entry("w", "U8", "[18446744073709551616]", 0, 4) + "}", data: 4,
        "too large"),
      .reject(
        "unknown type", "{" + entry("w", "F33", "[1]", 0, 4) + "}", data: 4, "“F33” is unknown"),
      .reject("metadata that is no string", #"{"__metadata__":{"a":1}}"#, "in quotes"),
      .reject("metadata twice", #"{"__metadata__":{},"__metadata__":{}}"#, "second time"),
      .reject("metadata key twice", #"{"__metadata__":{"a":"","\u0061":""}}"#, "second time"),
      .reject("field twice", #"{"w":{"dtype":"U8","dtype":"U8"}}"#, "second time"),
      .reject("field missing", #"{"w":{"dtype":"U8","shape":[0]}}"#, "lacks"),
      .reject("one offset", #"{"w":{"dtype":"U8","shape":[0],"data_offsets":[0]}}"#, "lacks"),
      .reject(
        "three offsets", #"{"w":{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}}"#, "than 2"),
      .reject("padded with NULs", "{}\0\0\0\0\0\0", "goes on after its end"),
      .accept("padded with spaces", "{}      "),
      .reject("two objects", "{}{}", "goes on after its end"),
      .reject("array", "[]", "is expected"),
      .reject("string without end", #"{"w"#, "no end"),
      .reject("string that ends in a backslash", #"{"w\"#, "no end"),
      .reject("wrong escape", #"{"\x":1}"#, "backslash"),
      .reject("half a surrogate pair", #"{"\ud83d":1}"#, "names no character"),
      .reject("line break in a string", "{\"\n\":1}", "control character"),
      .reject("comma before the brace", "{\(w),}", data: 4, "in quotes"),
      .reject("value missing", #"{"w":}"#, "“{” is expected"),
      .reject("field without value", #"{"w":{"x":"#, "ends within"),
      .accept("names in all scripts", "{" + entry("größe 權重 🎵", "U8", "[4]", 0, 4) + "}", data: 4),
    ]

    static let lengths: [Case] = [
      .reject("empty file", bytes: [], "has 0 bytes"),
      .reject("7 bytes", bytes: [2, 0, 0, 0, 0, 0, 0], "has 7 bytes"),
      .reject("length 0", bytes: TestFiles.file(length: 0), "is expected"),
      .reject(
        "length beyond the file", bytes: TestFiles.file(length: 3, rest: [123, 125]), "cut short"),
      .reject(
        "length 2^63", bytes: TestFiles.file(length: 1 << 63), "header length of 9,223,372,036"),
      .reject("length 100,000,001", bytes: TestFiles.file(length: 100_000_001), "100,000,001"),
      .reject("length 100,000,000", bytes: TestFiles.file(length: 100_000_000), "cut short"),
      .reject(
        "bad UTF-8", bytes: TestFiles.file(header: Array(#"{""#.utf8) + [0xFF] + #"":1}"#.utf8),
        "not UTF-8"),
    ]

    @Test(arguments: places + headers + lengths)
    func readerDecides(_ item: Case) throws {
      if item.isAccepted {
        _ = try SafeTensors(bytes: item.bytes, path: "some.safetensors")
      } else {
        let error = try #require(throws: SafeTensorsError.self) {
          try SafeTensors(bytes: item.bytes, path: "some.safetensors")
        }
        #expect(error.description.hasPrefix("some.safetensors "))
        #expect(error.description.contains(item.sentence), "\(error)")
      }
    }

    @Test func unknownFieldIsMentioned() throws {
      let file = try SafeTensors(bytes: Self.headers[0].bytes, path: "some.safetensors")
      #expect(file.warnings == ["its tensor “w” has the unknown field “x”"])
      #expect(file["w"]?.bytes == [0, 1, 2, 3])
    }

    @Test func valuesThatAreNoNumbersAreKept() throws {
      let numbers: [Float] = [.nan, .infinity, -.infinity, -0.0]
      let file = SafeTensors(tensors: [.init(name: "w", shape: [4], floats: numbers)])
      let read = try SafeTensors(bytes: file.encoded(), path: "w").tensors[0].floats()
      #expect(read.map(\.bitPattern) == numbers.map(\.bitPattern))
    }

    @Test func changedTypeIsNoticed() throws {
      let model = TestFiles.smallModel()
      let at = try #require(model.indices.first { model[$0...].starts(with: "F32".utf8) })
      var changed = model
      changed[at] = UInt8(ascii: "I")
      let error = try #require(throws: SafeTensorsError.self) {
        try SafeTensors(bytes: changed, path: "model.safetensors")
      }
      #expect(error.description.contains("has been altered"))

      let plain = SafeTensors(tensors: [.init(name: "w", shape: [1], int32s: [1])]).encoded()
      let tensor = try #require(try SafeTensors(bytes: plain, path: "w")["w"])
      #expect(throws: SafeTensorsError.wrongType(tensor: "w", expected: .f32, found: .i32)) {
        try tensor.floats()
      }
    }
  }
}
