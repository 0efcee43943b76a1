internal import CXXHash
internal import Foundation
public import Refrain

/// What this machine is, as far as it matters to Refrain.
public struct SystemReport: Codable, Equatable, Sendable {
  /// The operating system and its version.
  public let operatingSystem: String
  /// The instruction set: `x86_64`, `arm64`.
  public let architecture: String
  /// The processor as it names itself, if it does.
  public let processor: String?
  /// Of the instructions that kernels can make use of, those that there are.
  public let features: [String]
  /// Cores that this process may use.
  public let cores: Int
  /// Bytes of memory.
  public let memory: UInt64
  /// The kernels that networks compute with.
  public let kernels: KernelChoice
  /// Why these.
  public let kernelsReason: String
  /// xxHash's version.
  public let xxHash: String

  /// A look at this machine.
  public init() {
    let process = ProcessInfo.processInfo
    operatingSystem = Self.systemName ?? process.operatingSystemVersionString
    architecture = Self.architecture
    processor = Self.processorName
    features = Self.features
    cores = process.activeProcessorCount
    memory = process.physicalMemory
    kernels = .best
    kernelsReason = Self.reason(process.environment[KernelChoice.variable])
    xxHash = "\(XXH_VERSION_MAJOR).\(XXH_VERSION_MINOR).\(XXH_VERSION_RELEASE)"
  }

  private static func reason(_ asked: String?) -> String {
    let processor: String
    switch KernelChoice.allCases.last(where: \.isAvailable) {
    case .avx512: processor = "this processor has AVX-512"
    case .avx2: processor = "this processor has AVX2 and FMA"
    case .portable, nil: processor = "this processor has no AVX2 and FMA"
    }
    guard let asked else { return processor }
    let setting = "\(KernelChoice.variable)=\(asked)"
    if KernelChoice.wanted != nil { return "\(setting) asks for them" }
    let why = KernelChoice(rawValue: asked) == nil ? "is not known" : "cannot be had"
    return "\(processor); \(setting) \(why) and is ignored"
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "another one"
    #endif
  }

  /// `PRETTY_NAME` of os-release on Linux.
  private static var systemName: String? {
    guard let text = try? String(contentsOfFile: "/etc/os-release", encoding: .utf8) else {
      return nil
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
    return line?.dropFirst("PRETTY_NAME=".count).trimmingCharacters(in: ["\""])
  }

  /// The lines of `/proc/cpuinfo` about the first processor, where there is such a file.
  private static func processorField(_ name: String) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else {
      return nil
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
  }

  private static var processorName: String? {
    #if canImport(Darwin)
      var size = 0
      guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0 else { return nil }
      var name = [UInt8](repeating: 0, count: size)
      guard sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0) == 0 else { return nil }
      return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    #else
      return processorField("model name")
    #endif
  }

  private static var features: [String] {
    #if arch(x86_64)
      let flags = Set((processorField("flags") ?? "").split(separator: " "))
      return ["avx", "avx2", "fma", "f16c", "avx512f", "avx512vl", "avx512bw", "amx_tile"]
        .filter { flags.contains(Substring($0)) }
    #else
      return ["neon"]
    #endif
  }
}
