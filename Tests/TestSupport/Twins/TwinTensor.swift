/// Values in row-major order with their shape.
package struct TwinTensor<Scalar: TwinScalar>: Equatable, Sendable {
  package var shape: [Int]
  package var values: [Scalar]

  package init(shape: [Int], values: [Scalar]) {
    precondition(values.count == shape.reduce(1, *), "a tensor holds as many values as its shape")
    self.shape = shape
    self.values = values
  }

  package init(zeros shape: [Int]) {
    self.init(shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
  }

  /// The largest magnitude among the values; 0 where there are none.
  package var largest: Scalar { values.reduce(0) { max($0, abs($1)) } }

  package func converted<Other: TwinScalar>(to type: Other.Type) -> TwinTensor<Other> {
    TwinTensor<Other>(shape: shape, values: values.map { Other($0) })
  }
}

extension TwinTensor: Decodable where Scalar: Decodable {}

/// Tensors by name: the parameters of a network or a layer, or their gradients.
package typealias TwinTensors<Scalar: TwinScalar> = [String: TwinTensor<Scalar>]

/// The sum of two equally long arrays.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
package func twinSum<Scalar: TwinScalar>(_ a: [Scalar], _ b: [Scalar]) -> [Scalar] {
  precondition(a.count == b.count, "only equally long arrays are added")
  return a.indices.map { a[$0] + b[$0] }
}

/// Adds every row of `rows` `[N, size]` to `total` `[size]`.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
package func twinAddRows<Scalar: TwinScalar>(_ rows: [Scalar], to total: inout TwinTensor<Scalar>) {
  let size = total.values.count
  for i in rows.indices { total.values[i % size] += rows[i] }
}
