internal import Foundation

/// How much memory this process can have.
package enum AvailableMemory {
  /// Bytes: the machine's memory, or less where the process is given less, by a container's limit or by
  /// `ulimit -v`.
  package static var bytes: Double {
    [Double(ProcessInfo.processInfo.physicalMemory), controlGroup, addressSpace]
      .compactMap { $0 }.min() ?? 0
  }

  /// The limit of the control group that the process runs in, or of one around it; nil without any.
  private static var controlGroup: Double? {
    #if os(Linux)
      let lines = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
      var files: [String] = []
      for line in lines.split(separator: "\n") {
        // NUMBER:CONTROLLERS:PATH, without controllers in version 2.
        let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, fields[1].isEmpty || fields[1] == "memory" else { continue }
        let isFirstVersion = fields[1] == "memory"
        var folder = "/sys/fs/cgroup" + (isFirstVersion ? "/memory" : "")
        let file = isFirstVersion ? "/memory.limit_in_bytes" : "/memory.max"
        files.append(folder + file)
        // A container sees its own group as the root, and the path leads nowhere.
        for part in fields[2].split(separator: "/") {
          folder += "/" + part
          files.append(folder + file)
        }
      }
      return files.compactMap { number(inFile: $0) }.min()
    #else
      return nil
    #endif
  }

  private static func number(inFile path: String) -> Double? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    return Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// What is left of the address space where that is limited, less what the C library reserves in it for each
  /// thread and cannot give to large arrays.
  private static var addressSpace: Double? {
    #if canImport(Glibc)
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
        limit.rlim_cur != rlim_t.max
      else { return nil }
      let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
      let used = pages.split(separator: " ").first.flatMap { Double($0) } ?? 0
      let left = Double(limit.rlim_cur) - used * Double(sysconf(Int32(_SC_PAGESIZE)))
      return max(0.6 * left, 0)
    #else
      return nil
    #endif
  }
}
