import Foundation

/// A scalar that the reference implementations compute with: `Double` to be right, `Float` to be like the kernels.
package protocol ReferenceScalar: BinaryFloatingPoint, Sendable {
  static func exp(_ x: Self) -> Self
  static func log(_ x: Self) -> Self
  static func tanh(_ x: Self) -> Self
  static func sigmoid(_ x: Self) -> Self
}

extension Double: ReferenceScalar {
  package static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  package static func log(_ x: Double) -> Double { Foundation.log(x) }
  package static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }
  package static func sigmoid(_ x: Double) -> Double { 1 / (1 + Foundation.exp(-x)) }
}

extension Float: ReferenceScalar {
  package static func exp(_ x: Float) -> Float { Foundation.exp(x) }
  package static func log(_ x: Float) -> Float { Foundation.log(x) }
  package static func tanh(_ x: Float) -> Float { Foundation.tanh(x) }
  package static func sigmoid(_ x: Float) -> Float { 1 / (1 + Foundation.exp(-x)) }
}
