import Refrain
import Testing

/// What a kernel is not given: it stops rather than read or write beyond its spans.
struct KernelPreconditionTests {
  @Test func weightsThatDoNotFitTheProduct() async {
    await #expect(processExitsWith: .failure) {
      var c = [Float](repeating: 0, count: 16)
      var span = c.mutableSpan
      let a = [Float](repeating: 0, count: 32)
      let b = [Float](repeating: 0, count: 511)
      KernelChoice.best.kernels.multiplyPanel(
        &span, a.span, stride: 16, panels: 2, b.span, bias: Span(), accumulate: true)
    }
  }

  @Test func tooFewRowsOfTheLeftOperand() async {
    await #expect(processExitsWith: .failure) {
      var c = [Float](repeating: 0, count: 48)
      var span = c.mutableSpan
      let a = [Float](repeating: 0, count: 32)
      let b = [Float](repeating: 0, count: 256)
      KernelChoice.best.kernels.multiplyPanel(
        &span, a.span, stride: 48, panels: 1, b.span, bias: Span(), accumulate: true)
    }
  }

  @Test func gatesThatAreNotThere() async {
    await #expect(processExitsWith: .failure) {
      let gate = [Float](repeating: 0, count: 16)
      KernelStep(.lstm, .best, gates: [gate, gate, gate], previousCellStates: [gate]).forward()
    }
  }

  @Test func aTokenOutsideTheTable() async {
    await #expect(processExitsWith: .failure) {
      var out = [Float](repeating: 0, count: 16)
      var span = out.mutableSpan
      let table = [Float](repeating: 0, count: 32)
      let indices: [Int32] = [2]
      KernelChoice.best.kernels.gatherRows(
        &span, table: table.span, indices: indices.span, bias: Span())
    }
  }

  @Test func aDropoutRateOfOne() async {
    await #expect(processExitsWith: .failure) {
      var mask = [Float](repeating: 0, count: 16)
      var span = mask.mutableSpan
      KernelChoice.best.kernels.dropoutMask(
        &span, rate: 1, seed: 0, stream: 0, step: 0, firstRow: 0, panel: 0)
    }
  }
}
