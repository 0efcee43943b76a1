import CKissFFT
import Foundation

/// The discrete Fourier transform of a fixed number of real values, and its inverse.
///
/// It owns kissfft's tables and scratch memory, so one transform is used by one thread at a time; having
/// one owner, it may move to another thread.
struct RealFourierTransform: ~Copyable, @unchecked Sendable {
  /// `N`, the number of real values.
  let size: Int
  private let forwardTables: kiss_fftr_cfg
  private let inverseTables: kiss_fftr_cfg

  /// The transform of `size` values, an even number.
  init(size: Int) {
    precondition(size > 0 && size.isMultiple(of: 2), "the size of a real transform is even")
    guard let forward = kiss_fftr_alloc(Int32(size), 0, nil, nil),
      let inverse = kiss_fftr_alloc(Int32(size), 1, nil, nil)
    else { fatalError("no memory for a Fourier transform of \(size) values") }
    self.size = size
    self.forwardTables = forward
    self.inverseTables = inverse
  }

  deinit {
    free(UnsafeMutableRawPointer(forwardTables))
    free(UnsafeMutableRawPointer(inverseTables))
  }

  /// The frequencies from 0 to half the sample rate of `samples`. `[N] → [N / 2 + 1]`
  func forward(_ samples: Span<Float>, into frequencies: inout MutableSpan<kiss_fft_cpx>) {
    precondition(samples.count == size && frequencies.count == size / 2 + 1)
    samples.withUnsafeBufferPointer { samples in
      frequencies.withUnsafeMutableBufferPointer { frequencies in
        kiss_fftr(forwardTables, samples.baseAddress, frequencies.baseAddress)
      }
    }
  }

  /// The samples that have `frequencies`, times `N`. `[N / 2 + 1] → [N]`
  func inverse(_ frequencies: Span<kiss_fft_cpx>, into samples: inout MutableSpan<Float>) {
    precondition(samples.count == size && frequencies.count == size / 2 + 1)
    frequencies.withUnsafeBufferPointer { frequencies in
      samples.withUnsafeMutableBufferPointer { samples in
        kiss_fftri(inverseTables, frequencies.baseAddress, samples.baseAddress)
      }
    }
  }
}
