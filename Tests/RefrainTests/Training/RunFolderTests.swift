import Foundation
import Refrain
import RefrainRuns
import TestSupport
import Testing

extension TrainingTests {
  @Suite("Run folders")
  struct RunFolderTests {
    @Test func onlyANewFolderIsMade() throws {
      try withTemporaryFolder { base in
        let folder = try RunFolder.create(at: base + "/a/b/run")
        #expect(FileManager.default.fileExists(atPath: folder.path))
        #expect(throws: RunFolderError.exists(path: folder.path)) {
          try RunFolder.create(at: folder.path)
        }
        try Data().write(to: URL(filePath: base + "/file"))
        #expect(throws: RunFolderError.exists(path: base + "/file")) {
          try RunFolder.create(at: base + "/file")
        }
        // A link that leads nowhere is something, too.
        try FileManager.default.createSymbolicLink(
          atPath: base + "/link", withDestinationPath: base + "/nowhere")
        #expect(throws: RunFolderError.exists(path: base + "/link")) {
          try RunFolder.create(at: base + "/link")
        }
        let inFile = #expect(throws: RunFolderError.self) {
          try RunFolder.create(at: base + "/file/run")
        }
        #expect(inFile?.description.contains("cannot be made") == true)
      }
    }

    @Test func theBestModelIsFound() throws {
      try withTemporaryFolder { path in
        let folder = RunFolder(path)
        #expect(throws: RunFolderError.noModel(path: path)) { try RunFolder.model(at: path) }
        #expect(throws: RunFolderError.noModel(path: path)) { try folder.resumable() }
        #expect(throws: RunFolderError.nothing(path: path + "/x")) {
          try RunFolder.model(at: path + "/x")
        }
        let model = ModelFile(network: try TrainingTests.network())
        try folder.save(model, isBest: false)
        #expect(try RunFolder.model(at: path) == folder.last)
        try folder.save(model, isBest: true)
        #expect(try RunFolder.model(at: path) == folder.best)
        #expect(try RunFolder.model(at: folder.last) == folder.last)
        #expect(try folder.resumable() == folder.last)
        #expect(RunFolder.containing(model: folder.best)?.path == path)
      }
    }

    @Test func resumingSweepsUnfinishedFilesOnly() throws {
      try withTemporaryFolder { path in
        let folder = RunFolder(path)
        try folder.save(ModelFile(network: TrainingTests.network()), isBest: true)
        let random = "0123456789abcdef"
        // No process has the number 2147483647.
        let leftovers = ["last.safetensors", "metrics.csv", "step-00000010.safetensors"].map {
          ".\($0).2147483647-\(random)-0.partial"
        }
        let others = [
          ".partial", "x.partial", ".x.partial", ".a.1-\(random)-0.partial", ".hidden", "notes",
        ]
        for name in leftovers + others { try Data().write(to: URL(filePath: path + "/" + name)) }
        _ = try folder.resumable()
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: path))
        #expect(names == Set(others + ["last.safetensors", "best.safetensors"]))
      }
    }

    @Test func metricsAreCutBackToTheModelsStep() async throws {
      let trainer = try Trainer(
        TrainingTests.network(), training: TrainingTests.walk(201),
        configuration: TrainingTests.configuration { $0.evaluateEvery = 3 },
        limits: TrainingLimits(steps: 6), threads: 1)
      trainer.reportEvery = 1
      let events = try await TrainingTests.events(of: trainer)
      try withTemporaryFolder { folder in
        let path = folder + "/metrics.csv"
        func lines() throws -> [String] {
          try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        }
        func steps() throws -> [String] { try lines().map { String($0.prefix { $0 != "," }) } }
        let log = try MetricsLog(path, after: 0)
        for event in events {
          if let report = event.step { try log.add(report) }
          if let report = event.evaluation { try log.add(report) }
        }
        let whole = try lines()
        #expect(try steps() == ["step", "1", "2", "3", "3", "4", "5", "6", "6"])
        #expect(whole.allSatisfy { $0.count { $0 == "," } == 6 })
        #expect(whole[3].split(separator: ",", omittingEmptySubsequences: false)[3] == "")
        #expect(whole[4].split(separator: ",", omittingEmptySubsequences: false)[3] != "")
        // The process ended in the middle of a line.
        let cut = Data((whole.joined(separator: "\n") + "\n12,0.6,1.2").utf8)
        try cut.write(to: URL(filePath: path))
        _ = try MetricsLog(path, after: 130)
        #expect(try lines() == whole)
        // A spreadsheet has been at it.
        try Data((whole.joined(separator: "\r\n") + "\r\n").utf8).write(to: URL(filePath: path))
        let again = try MetricsLog(path, after: 3)
        #expect(try lines() == Array(whole[..<5]))
        for report in events.compactMap(\.step).suffix(3) { try again.add(report) }
        #expect(try lines() == Array(whole[..<8]))
        _ = try MetricsLog(path, after: 0)
        #expect(try lines().count == 1)
      }
    }
  }
}
