/// The largest difference between two arrays, relative to the largest expected magnitude; infinite
/// where they are not equally long or a value is not finite.
package func relativeError(_ values: [Double], _ expected: [Double]) -> Double {
  guard values.count == expected.count, values.allSatisfy(\.isFinite) else { return .infinity }
  let largest = expected.reduce(0) { max($0, abs($1)) }
  let difference = zip(values, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
  return difference == 0 ? 0 : difference / largest
}
