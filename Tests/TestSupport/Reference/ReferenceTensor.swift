/// Values in row-major order with their shape.
package struct ReferenceTensor<Scalar: ReferenceScalar>: Equatable, Sendable {
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

  package func converted<Other: ReferenceScalar>(to type: Other.Type) -> ReferenceTensor<Other> {
    ReferenceTensor<Other>(shape: shape, values: values.map { Other($0) })
  }
}

extension ReferenceTensor: Decodable where Scalar: Decodable {}

/// Tensors by name: the parameters of a network or a layer, or their gradients.
package typealias ReferenceTensors<Scalar: ReferenceScalar> = [String: ReferenceTensor<Scalar>]

/// The sum of two equally long arrays.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
package func referenceSum<Scalar: ReferenceScalar>(_ a: [Scalar], _ b: [Scalar]) -> [Scalar] {
  precondition(a.count == b.count, "only equally long arrays are added")
  return a.indices.map { a[$0] + b[$0] }
}

/// Adds every row of `rows` `[N, size]` to `total` `[size]`.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
package func referenceAddRows<Scalar: ReferenceScalar>(
  _ rows: [Scalar], to total: inout ReferenceTensor<Scalar>
) {
  let size = total.values.count
  for i in rows.indices { total.values[i % size] += rows[i] }
}
