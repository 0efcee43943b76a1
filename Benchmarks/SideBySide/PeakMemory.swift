import Foundation

/// The most memory that this process has had in use.
enum PeakMemory {
  /// Bytes. Linux counts what the process was started from into `ru_maxrss`, but not into `VmHWM`.
  static var bytes: Int {
    if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let number = line.split(whereSeparator: \.isWhitespace).dropFirst().first,
      let kilobytes = Int(number)
    {
      return kilobytes * 1024
    }
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return usage.ru_maxrss
  }
}
