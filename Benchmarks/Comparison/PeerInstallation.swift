package import Foundation

/// Whether a peer can take part here.
package enum PeerInstallation: Equatable, Sendable {
  /// The Python that has it, and its version.
  case present(python: String, version: String)
  /// Why it cannot.
  case missing(String)

  /// Asks the peer's script, in `python` or where `make bench-peers` puts it.
  package static func find(_ peer: Peer, python: String?) -> PeerInstallation {
    let python = python ?? peer.python
    guard FileManager.default.isExecutableFile(atPath: python) else {
      return .missing("there is no \(python); `make bench-peers` installs it")
    }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [peer.script, "--version"]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return .missing("\(python) cannot be run") }
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return PeerInstallation(answer: answer, python: python)
  }

  /// What the script's answer says: `{"version": "2.15.0"}` or `{"missing": "No module named torch"}`.
  package init(answer: Data, python: String) {
    let values = (try? JSONDecoder().decode([String: String].self, from: answer)) ?? [:]
    if let version = values["version"] {
      self = .present(python: python, version: version)
    } else {
      self = .missing(values["missing"] ?? "\(python) does not run its script")
    }
  }
}
