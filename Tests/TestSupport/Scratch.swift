import Foundation

/// A folder that is removed when the test lets go of it.
package final class Scratch {
  package let path: String

  package init() throws {
    path = FileManager.default.temporaryDirectory.path + "/refrain-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  package func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}

/// Every change of one byte that tends to break readers, and every beginning.
package func alterations(of bytes: [UInt8]) -> [[UInt8]] {
  var all = bytes.indices.map { Array(bytes[..<$0]) }
  for index in bytes.indices {
    for flip in [0x01, 0x80, 0xFF] as [UInt8] {
      var altered = bytes
      altered[index] ^= flip
      all.append(altered)
    }
  }
  return all
}
