import Foundation
import Refrain
import TestSupport

/// The kernel sets that this processor runs.
let kernelSets = KernelChoice.allCases.filter(\.isAvailable)

/// Numbers of rows, columns and values around the widths of vectors and panels.
let edgeSizes = [1, 7, 8, 9, 16, 17, 33]

extension ReferenceRandom {
  /// `count` values uniform within `range`.
  mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &self) }
  }
}

/// Calls `body` with the values to write, and returns what they have become.
func written(_ values: [Float], _ body: (inout MutableSpan<Float>) -> Void) -> [Float] {
  var values = values
  var span = values.mutableSpan
  body(&span)
  return values
}

/// The largest difference, relative to the largest magnitude that is expected.
func relativeError(_ values: [Float], _ expected: [Double]) -> Double {
  relativeError(values.map(Double.init), expected)
}

/// The values' bits: equal only where every value is the same to the last one, its sign included.
func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }

/// How far `value` is from `expected`, in units of the last place of a `Float` there.
func ulps(_ value: Float, from expected: Double) -> Double {
  abs(Double(value) - expected) / Double(Float(expected).ulp)
}

/// 1 / (1 + e⁻ˣ).
func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// The derivative of `function` with respect to value `part` of each element.
func differences(
  _ x: [[Float]], _ part: Int, _ function: ([Double], Int) -> Double
) -> [Double] {
  x[part].indices.map { j in
    centralDifference { distance in
      var values = x.map { Double($0[j]) }
      values[part] += distance
      return function(values, j)
    }
  }
}
