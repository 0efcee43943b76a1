import Foundation

/// One input of a fuzzer.
public struct FuzzInput {
  /// The bytes.
  public let bytes: [UInt8]

  /// What libFuzzer hands over.
  public init(_ start: UnsafePointer<UInt8>?, _ count: Int) {
    bytes = Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// Calls `read`; an error has to be a sentence for a person.
  public func read(_ read: () throws -> Void) {
    do { try read() } catch { check("\(error)") }
  }

  /// As ``read(_:)``, with the path of a file that holds `bytes`, or the input.
  public func readFile(_ name: String, of bytes: [UInt8]? = nil, _ read: (String) throws -> Void) {
    let path = Self.folder + "/" + name
    do { try Data(bytes ?? self.bytes).write(to: URL(fileURLWithPath: path)) } catch {
      fatalError("The fuzzer cannot write \(path): make room.")
    }
    self.read { try read(path) }
  }

  /// A folder of this program's own, in memory where there is such a thing.
  public static let folder: String = {
    let memory = "/dev/shm"
    let base =
      FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    let path = base + "/refrain-fuzz-\(getpid())"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: FuzzInput.folder) }
    return path
  }()

  private func check(_ sentence: String) {
    let traces = ["Error(", "Error.", "Optional(", "NSError", "Domain=", "Context("]
    // A sentence may quote what is in the file.
    let quoted = String(decoding: bytes, as: UTF8.self)
    let isForPeople =
      sentence.contains(" ")
      && !traces.contains { sentence.contains($0) && !quoted.contains($0) }
      && !sentence.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    precondition(isForPeople, "no sentence for a person: \(sentence.debugDescription)")
  }
}
