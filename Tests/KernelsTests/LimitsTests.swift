import Refrain
import Testing
import TestSupport

struct LimitsTests {
  @Test("Every chain computes x · factor + addend as often as asked for", arguments: kernelSets)
  func multiplyAdds(kernels: KernelChoice) {
    for chains in [3, 6, 8] {
      var values = [Float](repeating: 3, count: 1024)
      var span = values.mutableSpan
      let operations = kernels.kernels.repeatMultiplyAdd(
        &span, factor: 0.5, addend: 2, chains: chains, repeats: 3)
      // 3 → 3.5 → 3.75 → 3.875; two operations each time.
      let changed = values.prefix { $0 == 3.875 }.count
      #expect(changed > 0 && changed % chains == 0)
      #expect(values.dropFirst(changed).allSatisfy { $0 == 3 })
      #expect(operations == 2 * 3 * changed)
    }
  }

  @Test("The sum of all values, whatever their number", arguments: kernelSets)
  func sum(kernels: KernelChoice) {
    for count in [0, 1, 47, 48, 49, 95, 96, 97, 1000] {
      let values = (0..<count).map { Float($0 % 17) - 5 }
      // Small whole numbers: every order gives the same.
      #expect(kernels.kernels.sum(values.span) == values.reduce(0, +))
    }
  }
}
