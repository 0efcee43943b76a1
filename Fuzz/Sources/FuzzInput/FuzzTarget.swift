import Foundation
internal import LibFuzzer

/// A reader of files from outside, as a program that libFuzzer drives.
public protocol FuzzTarget {
  /// Reads one input; nothing that is in it may end the program.
  static func read(_ input: FuzzInput)

  /// Inputs to begin with.
  static func seeds() throws -> [[UInt8]]
}

extension FuzzTarget {
  /// Writes the seeds into the folder that `FUZZ_SEEDS` names, if it is set, and lets libFuzzer make
  /// inputs from them.
  public static func main() {
    if let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"] { write(seeds, to: folder) }
    driven = Self.self
    var (count, arguments) = (CommandLine.argc, Optional(CommandLine.unsafeArgv))
    let status = LLVMFuzzerRunDriver(&count, &arguments) { start, count in
      driven?.read(FuzzInput(start, count))
      return 0
    }
    exit(status)
  }

  private static func write(_ seeds: () throws -> [[UInt8]], to folder: String) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for (index, seed) in try seeds().enumerated() {
        try Data(seed).write(to: URL(fileURLWithPath: "\(folder)/seed-\(index)"))
      }
    } catch { fatalError("The seeds cannot be written: \(error)") }
  }
}

/// A function that libFuzzer calls can hold nothing.
nonisolated(unsafe) private var driven: (any FuzzTarget.Type)?
