import Foundation
import Refrain
import RefrainRuns
import TestSupport
import Testing

@Suite("The files that inputs stand for")
struct InputListingTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    for folder in ["b", "b/c", ".hidden", "run"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/" + folder, withIntermediateDirectories: true)
    }
    for file in ["z.txt", "b/a.txt", "b/c/x.txt", "b/.x", "run/config.json", "run/metrics.csv"] {
      _ = try scratch.write("x".utf8, file)
    }
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/b/up", withDestinationPath: scratch.path)
  }

  private func names(_ paths: [String]) -> [String] {
    paths.map { String($0.dropFirst(scratch.path.count + 1)) }
  }

  @Test func foldersAreSearchedInTheOrderOfNames() throws {
    let listing = try InputListing([scratch.path, scratch.path + "/z.txt"])
    #expect(names(listing.entries.map(\.path)) == ["b/a.txt", "b/c/x.txt", "z.txt"])
    #expect(
      listing.skipped.map(\.reason) == [
        "it leads back to a folder that contains it", "it is a run of Refrain's",
        "it is among the inputs already",
      ])
  }

  @Test func whatIsNamedIsReadOrRefused() throws {
    struct Unfit: Error {}
    let check: InputListing.Check = { path, isNamed in
      if path.hasSuffix("z.txt") { return nil }
      if isNamed { throw Unfit() }
      return "it does not end in z"
    }
    let listing = try InputListing([scratch.path], check: check)
    #expect(names(listing.entries.map(\.path)) == ["z.txt"])
    #expect(throws: Unfit.self) {
      try InputListing([scratch.path + "/b/a.txt"], check: check)
    }
  }

  @Test func inputsThatAreNotThere() throws {
    #expect(throws: InputFileError.nothingGiven) { try InputListing([]) }
    #expect(throws: InputFileError.noSuchFile(path: "/none")) { try InputListing(["/none"]) }
    #expect(throws: InputFileError.notAFile(path: "/dev/null")) { try InputListing(["/dev/null"]) }
    #expect(throws: InputFileError.noSuchFile(path: "-")) { try InputListing(["-"]) }
    let piped = try InputListing(["-"], readsStandardInput: true)
    #expect(piped.entries.map(\.path) == ["-"])
  }
}

@Suite("Inputs of a run that are looked for again")
struct InputFileTests {
  @Test("The longest old path that fits decides, whatever the order")
  func overlappingMoves() {
    let moved = MovedPaths(["/a": "/x", "/a/b": "/y", "/a/b/c.txt": "/z.txt", "/q/": "/r"])
    let places = [
      "/a/1.txt": "/x/1.txt", "/a/b/1.txt": "/y/1.txt", "/a/b/c.txt": "/z.txt", "/ab": "/ab",
      "/a": "/x", "/q/1": "/r/1",
    ]
    for (old, new) in places { #expect(moved.place(of: old) == new) }
  }

  @Test func aFileIsFoundByItsHash() throws {
    let scratch = try Scratch()
    let path = try scratch.write("one".utf8, "a.txt")
    let file = try InputFile(path)
    #expect(try file.find(MovedPaths()) == path)
    let other = try scratch.write("one".utf8, "b.txt")
    #expect(try file.find(MovedPaths([path: other])) == other)
    _ = try scratch.write("two".utf8, "a.txt")
    #expect(throws: InputFileError.changed(path: path)) { try file.find(MovedPaths()) }
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: InputFileError.moved(path: path, to: other)) { try file.find(MovedPaths()) }
    try FileManager.default.removeItem(atPath: other)
    #expect(throws: InputFileError.vanished(path: path)) { try file.find(MovedPaths()) }
  }

  @Test(arguments: [
    InputFileError.noSuchFile(path: "P"), .unreadable(path: "P", reason: "why"),
    .notAFile(path: "P"), .changed(path: "P"), .moved(path: "P", to: "Q"), .vanished(path: "P"),
  ])
  func everyDescriptionNamesItsInput(_ error: InputFileError) {
    let words = error.description
    #expect(words.contains("P") && words.contains(": ") && words.hasSuffix("."))
    #expect(!words.dropLast().contains(". "))
  }
}
