import Foundation

/// How much a test that draws by chance, or repeats, does: `make test-long` sets `REFRAIN_TEST_LENGTH=long`.
package enum TestLength {
  /// Whether tests take as long as the promises ask for.
  package static let isLong = ProcessInfo.processInfo.environment["REFRAIN_TEST_LENGTH"] == "long"

  /// `long` or `short`, as many as there is time for.
  package static func count(short: Int, long: Int) -> Int { isLong ? long : short }
}
