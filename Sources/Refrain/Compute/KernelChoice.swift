import CPUFeatures
import Foundation
import Kernels
import KernelsAVX2

/// Which kernels a network computes with. Two sets differ in the last bits, never in meaning.
public enum KernelChoice: String, Sendable, CaseIterable, Codable {
  /// For every processor of this architecture.
  case portable
  /// For x86-64 processors with AVX2 and FMA (Intel since 2013, AMD since 2015).
  case avx2

  /// True where this processor can run them.
  public var isAvailable: Bool { self == .portable || cpu_has_avx2_fma() }

  /// The fastest kernels that this processor runs, or those that the environment names
  /// (`REFRAIN_KERNELS=portable`) if it runs them. Decided once per process.
  public static let best: KernelChoice = {
    let name = ProcessInfo.processInfo.environment["REFRAIN_KERNELS"]
    if let wanted = name.flatMap(Self.init(rawValue:)), wanted.isAvailable { return wanted }
    return KernelChoice.avx2.isAvailable ? .avx2 : .portable
  }()

  package var kernels: any KernelSet.Type {
    switch self {
    case .portable: return Kernels.Arithmetic.self
    case .avx2: return KernelsAVX2.Arithmetic.self
    }
  }
}
