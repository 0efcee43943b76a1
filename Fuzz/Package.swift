// swift-tools-version: 6.2
import PackageDescription

// One program per reader of files from outside. `Fuzz/run` builds them with libFuzzer and runs them.

let readers = ["Model", "Description", "Table", "MIDI", "PianoRolls", "Sound", "Text"]

let package = Package(
  name: "fuzz",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "refrain", path: "..")],
  targets: [
    .systemLibrary(name: "LibFuzzer"),
    .target(name: "FuzzInput", dependencies: ["LibFuzzer"]),
  ]
    + readers.map { reader in
      .executableTarget(
        name: "Fuzz\(reader)",
        dependencies: ["FuzzInput"]
          + ["Refrain", "RefrainMusic", "RefrainNotes", "RefrainTables", "RefrainText"].map {
            .product(name: $0, package: "refrain")
          })
    }
)
