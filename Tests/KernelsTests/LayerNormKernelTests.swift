import Refrain
import TestSupport
import Testing

/// Layer normalisation against the same sums in double precision, of rows in one panel or several.
struct LayerNormKernelTests {
  private static let epsilon = 1e-5

  /// Rows far from zero in a matrix of panels, and the same as rows of doubles.
  private struct Matrix {
    let panels: Panels
    let columns: Int
    let values: [[Double]]

    init(_ rows: Int, _ columns: Int, seed: UInt64, in memory: Arena) {
      var random = ReferenceRandom(seed: seed)
      let matrix = memory.panels(rows: rows, columns: columns)
      self.columns = columns
      values = (0..<rows).map { row in
        (0..<columns).map { column in
          matrix[row, column] = .random(in: 1...3, using: &random)
          return Double(matrix[row, column])
        }
      }
      panels = matrix
    }

    var operand: Span<Float> {
      @_lifetime(borrow self) get {
        _overrideLifetime(
          panels.operand(0..<panels.rows, panels: 0..<panels.count), borrowing: self)
      }
    }
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private func moments(_ x: Matrix, _ kernels: KernelChoice) -> (means: [Float], inverses: [Float])
  {
    let empty = [Float](repeating: .nan, count: x.panels.rows)
    var inverses = empty
    let means = written(empty) { means in
      var span = inverses.mutableSpan
      kernels.kernels.rowMoments(
        means: &means, inverses: &span, x.operand, stride: x.panels.stride, rows: x.panels.rows,
        columns: x.columns, epsilon: Float(Self.epsilon))
    }
    return (means, inverses)
  }

  private func normal(_ row: [Double]) -> [Double] {
    let mean = mean(row)
    let variance = self.mean(row.map { ($0 - mean) * ($0 - mean) })
    return row.map { ($0 - mean) / (variance + Self.epsilon).squareRoot() }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func rowsBecomeNormal(_ kernels: KernelChoice, columns: Int) {
    let memory = Arena()
    for rows in edgeSizes {
      let x = Matrix(rows, columns, seed: 1, in: memory)
      let (means, inverses) = moments(x, kernels)
      #expect(relativeError(means, x.values.map(mean)) < 1e-6)
      var random = ReferenceRandom(seed: 2)
      let (factors, offsets) = (random.floats(16), random.floats(16))
      for panel in 0..<x.panels.count {
        let y = written([Float](repeating: .nan, count: rows * 16)) {
          kernels.kernels.normalizeRows(
            &$0, x.panels.read(0..<rows, panel: panel), means: means.span, inverses: inverses.span,
            factors: factors.span, offsets: offsets.span)
        }
        for (row, values) in x.values.enumerated() {
          for (column, normal) in normal(values).enumerated() where column / 16 == panel {
            let (factor, offset) = (Double(factors[column % 16]), Double(offsets[column % 16]))
            #expect(
              abs(Double(y[row * 16 + column % 16]) - (normal * factor + offset)) < 2e-5)
          }
        }
      }
    }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func gradients(_ kernels: KernelChoice, columns: Int) {
    let memory = Arena()
    for rows in edgeSizes {
      let x = Matrix(rows, columns, seed: 3, in: memory)
      let dy = Matrix(rows, columns, seed: 4, in: memory)
      let factors = Matrix(1, columns, seed: 5, in: memory)
      let (means, inverses) = moments(x, kernels)
      let empty = [Float](repeating: .nan, count: rows)
      var products = empty
      let gradients = written(empty) { gradients in
        var span = products.mutableSpan
        kernels.kernels.normalizedMeans(
          gradients: &gradients, products: &span, dy.operand, dyStride: dy.panels.stride,
          x.operand, xStride: x.panels.stride, means: means.span, inverses: inverses.span,
          factors: factors.operand, columns: columns)
      }
      let normal = x.values.map(normal)
      let g = dy.values.map { row in zip(row, factors.values[0]).map { $0 * $1 } }
      let (first, second) = (
        g.map(mean), zip(g, normal).map { mean(zip($0, $1).map { $0 * $1 }) }
      )
      #expect(zip(gradients, first).allSatisfy { abs(Double($0) - $1) < 2e-5 })
      #expect(zip(products, second).allSatisfy { abs(Double($0) - $1) < 2e-5 })
      for panel in 0..<x.panels.count {
        let all = 0..<rows
        let dx = written([Float](repeating: .nan, count: rows * 16)) {
          kernels.kernels.normalizeRowsBackward(
            &$0, dy.panels.read(all, panel: panel), x.panels.read(all, panel: panel),
            means: means.span, inverses: inverses.span,
            factors: factors.panels.read(0..<1, panel: panel), gradients: gradients.span,
            products: products.span, columns: columns - panel * 16)
        }
        let sums = written([Float](repeating: .nan, count: 16)) {
          kernels.kernels.normalizedProducts(
            &$0, dy.panels.read(all, panel: panel), x.panels.read(all, panel: panel),
            means: means.span, inverses: inverses.span)
        }
        for lane in 0..<16 {
          let column = panel * 16 + lane
          if column >= columns {
            #expect((0..<rows).allSatisfy { dx[$0 * 16 + lane] == 0 })
            continue
          }
          for row in 0..<rows {
            let rest = g[row][column] - first[row] - normal[row][column] * second[row]
            let expected = Double(inverses[row]) * rest
            let error = abs(Double(dx[row * 16 + lane]) - expected)
            #expect(error < 2e-5 * max(Double(inverses[row]), 1))
          }
          let sum = (0..<rows).reduce(0) { $0 + dy.values[$1][column] * normal[$1][column] }
          #expect(abs(Double(sums[lane]) - sum) < 4e-5 * Double(rows).squareRoot())
        }
      }
    }
  }
}
