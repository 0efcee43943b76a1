import Foundation

/// Programs that do nothing but take processor time, as other people's programs do: they end with this value.
final class SpinningPrograms {
  private var processes: [pid_t] = []

  /// Each looks now and then whether this program is still there, so that none outlives it.
  private static let script = """
    while kill -0 \(getpid()) 2>/dev/null; do n=0; while [ $n -lt 100000 ]; do n=$((n + 1)); done; done
    """

  /// Starts `count` of them.
  ///
  /// - Throws: ``SpinningProgramsError``.
  init(count: Int) throws {
    for _ in 0..<count { processes.append(try Self.start()) }
  }

  private static func start() throws -> pid_t {
    var process: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] =
      ["/bin/sh", "-c", script].map { (text: String) in strdup(text) } + [nil]
    defer { arguments.forEach { free($0) } }
    let failure = posix_spawn(&process, "/bin/sh", nil, nil, &arguments, environ)
    guard failure == 0 else {
      throw SpinningProgramsError(reason: String(cString: strerror(failure)))
    }
    return process
  }

  deinit {
    for process in processes {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
  }
}

/// Why no other programs could be started beside a benchmark.
public struct SpinningProgramsError: Error, CustomStringConvertible {
  /// What the system said.
  let reason: String

  /// One sentence for a person.
  public var description: String {
    "Cannot start /bin/sh, which has to keep the processor busy: \(reason)."
  }
}
