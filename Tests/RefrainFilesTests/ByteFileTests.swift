import Foundation
import RefrainFiles
import TestSupport
import Testing

extension FileTests {
  @Suite("Reading bytes")
  struct ByteFileTests {
    @Test func bytesAreReadAtAnyPosition() throws {
      try withTemporaryFolder { folder in
        let path = folder + "/bytes"
        try DurableFile.write((0..<200).map { UInt8($0) }, to: path)
        let file = try ByteFile(path)
        #expect(file.path == path && file.size == 200)
        #expect(try file.read(at: 7, count: 3) == [7, 8, 9])
        #expect(try file.read(at: 200, count: 0) == [])

        var buffer = [UInt8](repeating: 255, count: 4)
        var span = buffer.mutableSpan
        #expect(try file.read(at: 198, into: &span) == 2)
        #expect(buffer == [198, 199, 255, 255])
      }
    }

    @Test(arguments: [(0, 201), (200, 1), (201, 0), (Int.max, 1), (1, Int.max)])
    func bytesBeyondTheEndAreRefused(offset: Int, count: Int) throws {
      try withTemporaryFolder { folder in
        try DurableFile.write([UInt8](repeating: 0, count: 200), to: folder + "/bytes")
        let file = try ByteFile(folder + "/bytes")
        #expect(throws: FileError.self) { try file.read(at: offset, count: count) }
      }
    }

    @Test func shrunkFileIsNoticed() throws {
      try withTemporaryFolder { folder in
        let path = folder + "/bytes"
        try DurableFile.write([UInt8](repeating: 0, count: 200), to: path)
        let file = try ByteFile(path)
        try #require(truncate(path, 100) == 0)
        #expect(throws: FileError.endsEarly(path: path, end: 150, size: 100)) {
          try file.read(at: 0, count: 150)
        }
      }
    }

    @Test func onlyRegularFilesAreOpened() throws {
      try withTemporaryFolder { folder in
        try #require(mkfifo(folder + "/pipe", 0o600) == 0)
        for path in [folder, folder + "/pipe", "/dev/null"] {
          #expect(throws: FileError.notAFile(path: path)) { try ByteFile(path) }
          #expect(throws: FileError.notAFile(path: path)) { try SafeTensors(contentsOf: path) }
        }
        let missing = folder + "/missing"
        let error = try #require(throws: FileError.self) { try ByteFile(missing) }
        #expect(error == .unreadable(path: missing, code: ENOENT))
        #expect(
          error.description
            == "\(missing) cannot be read: no such file or directory; check the path")
      }
    }

    /// A hole of 4 GiB takes no room on the disk, and must take none in memory.
    @Test func sparseFileIsRefused() throws {
      try withTemporaryFolder { folder in
        let path = folder + "/sparse"
        try DurableFile.write(TestFiles.file(header: "{}"), to: path)
        try #require(truncate(path, 4 << 30) == 0)
        #expect(throws: SafeTensorsError.tooLong(path: path, promised: 10, size: 4 << 30)) {
          try SafeTensors(contentsOf: path)
        }
      }
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
    func numbersAreGrouped(number: Int, text: String) {
      let error = FileError.endsEarly(path: "f", end: number, size: 0)
      #expect(error.description.contains(" \(text) are needed"))
    }
  }
}
