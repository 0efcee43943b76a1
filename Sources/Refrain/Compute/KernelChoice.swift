import CPUFeatures
import Foundation
import Kernels
import KernelsAVX2
import KernelsAVX512

/// Which kernels a network computes with. Two sets differ in the last bits, never in meaning.
public enum KernelChoice: String, Sendable, CaseIterable, Codable {
  /// For every processor of this architecture.
  case portable
  /// For x86-64 processors with AVX2 and FMA (Intel since 2013, AMD since 2015).
  case avx2
  /// For x86-64 processors with AVX-512 (AMD since 2022, Intel's for servers since 2017).
  case avx512

  /// True where this processor can run them.
  public var isAvailable: Bool {
    switch self {
    case .portable: return true
    case .avx2: return cpu_has_avx2()
    case .avx512: return cpu_has_avx512()
    }
  }

  /// The kernels that the environment variable `REFRAIN_KERNELS` names, if this processor runs them;
  /// else the fastest that it runs. Decided once per process.
  public static let best: KernelChoice = wanted ?? fastest

  /// What `REFRAIN_KERNELS` asks for, if it can be had.
  package static var wanted: KernelChoice? {
    ProcessInfo.processInfo.environment[variable].flatMap(KernelChoice.init)
      .flatMap { $0.isAvailable ? $0 : nil }
  }

  package static let variable = "REFRAIN_KERNELS"

  private static var fastest: KernelChoice {
    if KernelChoice.avx512.isAvailable { return .avx512 }
    return KernelChoice.avx2.isAvailable ? .avx2 : .portable
  }

  package var kernels: any KernelSet.Type {
    switch self {
    case .portable: return Kernels.Arithmetic.self
    case .avx2: return KernelsAVX2.Arithmetic.self
    case .avx512: return KernelsAVX512.Arithmetic.self
    }
  }
}
