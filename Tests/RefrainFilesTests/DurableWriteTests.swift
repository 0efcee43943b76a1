import Dispatch
import Foundation
import RefrainFiles
import TestSupport
import Testing

extension FileTests {
  @Suite("Durable write")
  struct DurableWriteTests {
    private static func names(in folder: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test(arguments: [0, 1, 4096, 1_000_003])
    func bytesAreReadBack(count: Int) throws {
      try withTemporaryFolder { folder in
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        try DurableFile.write([1, 2, 3], to: folder + "/file")
        try DurableFile.write(bytes, to: folder + "/file")
        let file = try ByteFile(folder + "/file")
        #expect(file.size == count)
        #expect(try file.read(at: 0, count: count) == bytes)
        #expect(try Self.names(in: folder) == ["file"])
      }
    }

    @Test func permissionsAreKept() throws {
      try withTemporaryFolder { folder in
        let path = folder + "/file"
        try DurableFile.write([1], to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try DurableFile.write([2], to: path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
      }
    }

    @Test func missingFolderIsNamed() throws {
      let path = "/no such folder/model.safetensors"
      let error = try #require(throws: FileError.self) { try DurableFile.write([1], to: path) }
      #expect(error == .unwritable(path: path, code: ENOENT))
      #expect(error.description.contains(path) && error.description.contains("make its folder"))
    }

    @Test func folderIsNotReplaced() throws {
      try withTemporaryFolder { folder in
        let path = folder + "/run"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(throws: FileError.self) { try DurableFile.write([1], to: path) }
        #expect(throws: FileError.self) { try DurableFile.write([1], to: path + "/") }
        #expect(throws: FileError.self) { try DurableFile.write([1], to: "") }
        #expect(try Self.names(in: folder) == ["run"])
        #expect(try Self.names(in: path) == [])
      }
    }

    @Test func fullDiskIsExplained() {
      let error = FileError.unwritable(path: "run/last.safetensors", code: ENOSPC)
      #expect(
        error.description
          == "run/last.safetensors was not written, and what was there is unchanged: "
          + "no space left on device; free some space on that disk, or choose another folder")
    }

    /// A limit on the length of files stands in for a full disk: the write fails half way.
    @Test func oldFileSurvivesAFailingWrite() async {
      await #expect(processExitsWith: .success) {
        try withTemporaryFolder { folder in
          let path = folder + "/model.safetensors"
          let old = TestFiles.smallModel()
          try DurableFile.write(old, to: path)

          signal(SIGXFSZ, SIG_IGN)
          var limit = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
          #if os(Linux)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
          #else
            try #require(setrlimit(RLIMIT_FSIZE, &limit) == 0)
          #endif
          let error = #expect(throws: FileError.self) {
            try DurableFile.write([UInt8](repeating: 1, count: 20_000), to: path)
          }
          guard error == .unwritable(path: path, code: EFBIG),
            try ByteFile(path).read(at: 0, count: old.count) == old,
            try FileManager.default.contentsOfDirectory(atPath: folder).count == 1
          else { exit(1) }
        }
      }
    }

    @Test func threadsMayWriteOneFile() throws {
      try withTemporaryFolder { folder in
        let path = folder + "/file"
        DispatchQueue.concurrentPerform(iterations: 32) { index in
          let bytes = [UInt8](repeating: UInt8(index), count: 10_000)
          #expect(throws: Never.self) { try DurableFile.write(bytes, to: path) }
          #expect(DurableFile.removeLeftovers(beside: path) == 0)
        }
        let bytes = try ByteFile(path).read(at: 0, count: 10_000)
        #expect(Set(bytes).count == 1)
        #expect(try Self.names(in: folder) == ["file"])
      }
    }

    @Test func onlyLeftoversAreRemoved() throws {
      try withTemporaryFolder { folder in
        let path = folder + "/last.safetensors"
        // No system gives a process this number.
        let gone = "\(Int32.max)-0123456789abcdef-0.partial"
        let kept = [
          ".best.safetensors.\(gone)", ".last.safetensors.1-0123456789abcdef-0.partial",
          ".last.safetensors.partial", ".last.safetensors.x-0123456789abcdef-0.partial",
          ".last.safetensors.old.\(gone)", "last.safetensors", "last.safetensors.\(gone)",
        ]
        // The second is of an earlier process that had the number of this one.
        let removed = [
          ".last.safetensors.\(gone)", ".last.safetensors.\(getpid())-0123456789abcdef-2.partial",
        ]
        for name in kept + removed {
          try #require(FileManager.default.createFile(atPath: folder + "/" + name, contents: nil))
        }
        #expect(DurableFile.removeLeftovers(beside: path) == removed.count)
        #expect(try Self.names(in: folder) == kept.sorted())
        #expect(DurableFile.removeLeftovers(beside: "/no such folder/file") == 0)
      }
    }
  }
}
