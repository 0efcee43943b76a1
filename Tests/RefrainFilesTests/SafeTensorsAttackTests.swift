import RefrainFiles
import TestSupport
import Testing

extension FileTests {
  /// Headers made to exhaust their reader.
  @Suite("Safetensors attacks")
  struct SafeTensorsAttackTests {
    @Test func hundredThousandTensorsAreRead() throws {
      let bytes = TestFiles.file(header: TestFiles.header(entries: 100_000))
      #expect(try SafeTensors(bytes: bytes, path: "many").tensors.count == 100_000)
    }

    @Test(arguments: [100_001, 1_000_000])
    func moreTensorsAreRefused(count: Int) throws {
      let bytes = TestFiles.file(header: TestFiles.header(entries: count))
      let error = try #require(throws: SafeTensorsError.self) {
        try SafeTensors(bytes: bytes, path: "many")
      }
      #expect(error.description.contains("more than 100,000 tensors"))
    }

    @Test func moreMetadataIsRefused() throws {
      let keys = (0..<100_002).map { "\"\($0)\":\"\"" }.joined(separator: ",")
      let bytes = TestFiles.file(header: "{\"__metadata__\":{\(keys)}}")
      #expect(throws: SafeTensorsError.self) { try SafeTensors(bytes: bytes, path: "many") }
    }

    @Test(arguments: ["[", "{\"a\":"])
    func deepNestingIsRefused(bracket: String) throws {
      let deep = String(repeating: bracket, count: 100_000)
      for header in [deep, "{\"w\":\(deep)", "{\"w\":{\"x\":\(deep)", "{\"__metadata__\":\(deep)"] {
        let bytes = TestFiles.file(header: header)
        #expect(throws: SafeTensorsError.self) { try SafeTensors(bytes: bytes, path: "deep") }
      }
    }

    @Test func manyDimensionsAreRefused() throws {
      let shape = [String](repeating: "1", count: 65).joined(separator: ",")
      let bytes = TestFiles.file(
        header: "{\"w\":{\"dtype\":\"U8\",\"shape\":[\(shape)],\"data_offsets\":[0,1]}}", data: 1)
      #expect(throws: SafeTensorsError.self) { try SafeTensors(bytes: bytes, path: "w") }
    }

    @Test func nameFromFileCannotMoveTheCursor() throws {
      let name = #"\u001b[2J"# + String(repeating: "long", count: 100)
      let bytes = TestFiles.file(
        header: "{\"\(name)\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}", data: 2)
      let error = try #require(throws: SafeTensorsError.self) {
        try SafeTensors(bytes: bytes, path: "w")
      }
      #expect(!error.description.contains("\u{1B}") && error.description.count < 250)
    }

    /// A piece of a file that many entries name could be counted many times.
    @Test func whatAHeaderHoldsIsNoReasonForMuchMemory() throws {
      let headers = [
        TestFiles.header(entries: 20_000),
        "{\"__metadata__\":{\"k\":\"" + String(repeating: "x", count: 2_000_000) + "\"}}",
        "{\"__metadata__\":{\"k\":\"" + String(repeating: "\\u0041", count: 400_000) + "\"}}",
        String(repeating: "[", count: 2_000_000),
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1000000000],\"data_offsets\":[0,4000000000]}}",
      ]
      for header in headers {
        let bytes = TestFiles.file(header: header)
        let reading = ForeignReading { _ = try SafeTensors(bytes: bytes, path: "header") }
        #expect(
          reading.largest <= 2 * bytes.count + 1 << 20, "\(header.prefix(40)): \(reading.largest)")
      }
    }
  }
}
