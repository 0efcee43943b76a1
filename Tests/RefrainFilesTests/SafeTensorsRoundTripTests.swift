import RefrainFiles
import TestSupport
import Testing

extension FileTests {
  @Suite("Safetensors round trips")
  struct SafeTensorsRoundTripTests {
    /// Up to eight tensors of any type and shape, with names and texts that need escaping.
    private static func randomFile(seed: UInt64) -> SafeTensors {
      var generator = ReferenceRandom(seed: seed)
      let parts = ["w", "größe", "權重", "🎵", "\"", "\\", "/", "\n", "\u{1}", " ", ".", "e\u{301}"]
      func text(_ index: Int) -> String {
        let count = Int.random(in: 0...4, using: &generator)
        return "\(index)"
          + (0..<count).map { _ in parts.randomElement(using: &generator)! }.joined()
      }
      let tensors = (0..<Int.random(in: 0...8, using: &generator)).map { index in
        let dtype = SafeTensors.DType.allCases.randomElement(using: &generator)!
        var shape = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          Int.random(in: 0...5, using: &generator)
        }
        if dtype.byteCount(of: shape) == nil { shape.append(4) }
        let bytes = (0..<dtype.byteCount(of: shape)!).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
        return SafeTensors.Tensor(name: text(index), dtype: dtype, shape: shape, bytes: bytes)
      }
      let metadata = (0..<Int.random(in: 0...3, using: &generator)).map { (text($0), text($0)) }
      return SafeTensors(
        metadata: Dictionary(uniqueKeysWithValues: metadata), tensors: tensors)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func encodedIsReadBack(seed: UInt64) throws {
      var file = Self.randomFile(seed: seed)
      let hashed = seed.isMultiple(of: 2)
      let bytes = file.encoded(hashed: hashed)
      let read = try SafeTensors(
        bytes: bytes, path: "random", hash: hashed ? .required : .ifPresent)
      #expect(read.metadata == file.metadata)
      #expect(read.tensors.map(\.name).sorted() == file.tensors.map(\.name).sorted())
      for tensor in file.tensors { #expect(read[tensor.name] == tensor) }
      #expect((read.hash != nil) == hashed && read.warnings.isEmpty)
      #expect(bytes.prefix(8).enumerated().reduce(0) { $0 + Int($1.1) << (8 * $1.0) } % 8 == 0)

      #expect(read.encoded(hashed: hashed) == bytes)
      file.tensors.shuffle()
      #expect(file.encoded(hashed: hashed) == bytes)
    }

    @Test func layoutIsTheFormats() throws {
      let file = SafeTensors(
        metadata: ["b": "2", "a": "1"],
        tensors: [
          .init(name: "b", shape: [1], floats: [1]), .init(name: "a", shape: [], floats: [2]),
          .init(name: "z", shape: [1], uint64s: [3]),
        ])
      let header =
        #"{"__metadata__":{"a":"1","b":"2"},"z":{"dtype":"U64","shape":[1],"data_offsets":[0,8]},"#
        + #""a":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"#
        + #""b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}"#
      let length = (header.utf8.count + 7) / 8 * 8
      let padded = header + String(repeating: " ", count: length - header.utf8.count)
      let data: [UInt8] = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 128, 63]
      #expect(file.encoded() == TestFiles.file(header: padded) + data)
    }

    @Test func numbersAreReadBack() throws {
      let file = SafeTensors(tensors: [
        .init(name: "f", shape: [2], floats: [.pi, -0.0]),
        .init(name: "d", shape: [2], doubles: [.pi, .greatestFiniteMagnitude]),
        .init(name: "i", shape: [2], int32s: [.min, .max]),
        .init(name: "l", shape: [2], int64s: [.min, .max]),
        .init(name: "u", shape: [2], uint64s: [.min, .max]),
      ])
      let read = try SafeTensors(bytes: file.encoded(), path: "numbers")
      #expect(try read["f"]?.floats() == [.pi, -0.0])
      #expect(try read["d"]?.doubles() == [.pi, .greatestFiniteMagnitude])
      #expect(try read["i"]?.int32s() == [.min, .max])
      #expect(try read["l"]?.int64s() == [.min, .max])
      #expect(try read["u"]?.uint64s() == [.min, .max])
      #expect(read["x"] == nil)
    }

    @Test func fileOnDiskIsReadBack() throws {
      try withTemporaryFolder { folder in
        let path = folder + "/model.safetensors"
        let model = TestFiles.smallModel()
        try DurableFile.write(model, to: path)
        let read = try SafeTensors(contentsOf: path, hash: .required)
        #expect(try read == SafeTensors(bytes: model, path: path))
        #expect(read.encoded(hashed: true) == model)
        #expect(try FileHash(ofFileAt: path) == FileHash(of: model))

        try DurableFile.write(Array(model.dropLast()), to: path)
        let error = try #require(throws: SafeTensorsError.self) {
          try SafeTensors(contentsOf: path)
        }
        #expect(error.description.contains("\(path) is cut short"))
      }
    }

    @Test func sameBytesAreNeeded() async {
      await #expect(processExitsWith: .failure) {
        _ = SafeTensors.Tensor(name: "w", dtype: .f32, shape: [2], bytes: [0])
      }
      await #expect(processExitsWith: .failure) {
        let same = SafeTensors.Tensor(name: "w", shape: [], floats: [0])
        _ = SafeTensors(tensors: [same, same]).encoded()
      }
    }
  }
}
