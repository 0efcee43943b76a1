import PeepholeLSTM
import Refrain
import TestSupport
import Testing

/// The check of a user's own cell: it passes what is right and names what is wrong.
struct GradientCheckTests {
  @Test(arguments: [1, 2, 8, 33], [1, 2, 3] as [UInt64])
  func theExampleIsRight(count: Int, seed: UInt64) {
    let check = checkGradients(of: PeepholeLSTM(), count: count, seed: seed)
    #expect(check.passed, "\(check)")
    #expect(
      check.parts.map(\.name) == [
        "gate 0", "gate 1", "gate 2", "gate 3", "previous output", "previous cell state 0",
        "peephole_i", "peephole_f", "peephole_o",
      ])
    #expect(check.description.hasPrefix("The gradient agrees"))
  }

  @Test func theSameSeedChecksTheSameValues() {
    let first = checkGradients(of: PeepholeLSTM())
    #expect(first == checkGradients(of: PeepholeLSTM(), count: 8, seed: 1))
    #expect(first != checkGradients(of: PeepholeLSTM(), seed: 2))
  }

  @Test(arguments: [
    (LeakyUnit.Fault.none, []), (.gate, ["gate 0"]), (.forgotten, ["previous output"]),
    (.parameter, ["leak"]), (.slightly, ["gate 0"]),
  ])
  func whatIsWrongIsNamed(_ fault: LeakyUnit.Fault, _ wrong: [String]) {
    let check = checkGradients(of: LeakyUnit(fault: fault))
    #expect(check.passed == wrong.isEmpty)
    #expect(check.parts.filter { $0.error > GradientCheck.limit }.map(\.name) == wrong)
    for name in wrong { #expect(check.description.contains(name)) }
  }

  /// The example with one sign turned, as it is easily written.
  @Test func aBrokenCopyOfTheExampleFails() {
    let check = checkGradients(of: BrokenPeepholeLSTM())
    #expect(!check.passed)
    #expect(check.parts.filter { $0.error > GradientCheck.limit }.map(\.name) == ["gate 1"])
  }

  @Test func nothingToCheckIsAMistake() async {
    await #expect(processExitsWith: .failure) {
      _ = checkGradients(of: PeepholeLSTM(), count: 0)
    }
  }
}

/// `h = leak · h₋ + tanh(gate)`, with a mistake on the way back.
struct LeakyUnit: Cell {
  enum Fault { case none, gate, forgotten, parameter, slightly }
  let fault: Fault

  let gates = (input: 0, both: 1, recurrent: 0)
  let parameterNames = ["leak"]

  func forward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: inout MutableSpan<Scalar>,
    saved: inout MutableSpan<Scalar>, parameters: Span<Scalar>
  ) {
    for j in 0..<next.count {
      gates[j] = Scalar.tanh(gates[j])
      next[j] = parameters[j] * previous[j] + gates[j]
    }
  }

  func backward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: Span<Scalar>,
    saved: Span<Scalar>, parameters: Span<Scalar>, dNext: Span<Scalar>,
    dPrevious: inout MutableSpan<Scalar>, dParameters: inout MutableSpan<Scalar>
  ) {
    for j in 0..<dNext.count {
      let activated = gates[j]
      gates[j] = dNext[j] * (1 - activated * activated)
      if fault == .gate { gates[j] = dNext[j] * activated }
      if fault == .slightly { gates[j] *= 1.00001 }
      if fault != .forgotten { dPrevious[j] = dNext[j] * parameters[j] }
      dParameters[j] = fault == .parameter ? -dNext[j] * previous[j] : dNext[j] * previous[j]
    }
  }
}

/// The example cell whose forget gate's gradient has the wrong sign.
struct BrokenPeepholeLSTM: Cell {
  let right = PeepholeLSTM()
  var gates: (input: Int, both: Int, recurrent: Int) { right.gates }
  var cellStates: Int { right.cellStates }
  var saved: Int { right.saved }
  var parameterNames: [String] { right.parameterNames }

  func forward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: inout MutableSpan<Scalar>,
    saved: inout MutableSpan<Scalar>, parameters: Span<Scalar>
  ) {
    right.forward(
      gates: &gates, previous: previous, next: &next, saved: &saved, parameters: parameters)
  }

  func backward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: Span<Scalar>,
    saved: Span<Scalar>, parameters: Span<Scalar>, dNext: Span<Scalar>,
    dPrevious: inout MutableSpan<Scalar>, dParameters: inout MutableSpan<Scalar>
  ) {
    right.backward(
      gates: &gates, previous: previous, next: next, saved: saved, parameters: parameters,
      dNext: dNext, dPrevious: &dPrevious, dParameters: &dParameters)
    for j in saved.count..<2 * saved.count { gates[j] = -gates[j] }
  }
}
