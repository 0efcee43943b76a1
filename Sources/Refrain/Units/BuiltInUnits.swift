import Kernels
import KernelsAVX2
import KernelsAVX512

extension CellKind {
  /// All units but those of the user's own, in the order in which they are listed.
  public static let builtIn: [CellKind] = [
    .rnn, .lstm, .gru, .peepholeLSTM, .coupledLSTM, .minGRU, .minLSTM, .mogrifierLSTM, .janet,
  ]

  /// The simple unit: `h = tanh(W x + U h + b)`.
  public static let rnn = CellKind(
    RecurrentUnit(
      "rnn", words: "RNN", gates: [nil],
      code: .kernels(Kernels.RNN.self, KernelsAVX2.RNN.self, KernelsAVX512.RNN.self)))

  /// Long short-term memory.
  public static let lstm = CellKind(
    RecurrentUnit(
      "lstm", words: "LSTM",
      gates: ["input gate", "forget gate", "candidate", "output gate"], forgetGate: 1,
      cellStates: 1, saved: 1,
      code: .kernels(Kernels.LSTM.self, KernelsAVX2.LSTM.self, KernelsAVX512.LSTM.self)))

  /// The gated recurrent unit, reset after the matrix product.
  public static let gru = CellKind(
    RecurrentUnit(
      "gru", words: "GRU", inputGates: ["candidate"], gates: ["reset gate", "update gate"],
      recurrentGates: [nil],
      // The blocks lie as n r z m, so that both products read neighbours; PyTorch's order is r z n.
      fileOrder: [2, 0, 1], recurrentBias: "bias_hn",
      code: .kernels(Kernels.GRU.self, KernelsAVX2.GRU.self, KernelsAVX512.GRU.self)))

  /// Long short-term memory whose gates see the cell state: input and forget gate the previous one, output
  /// gate the new one, with one weight per unit each (Gers & Schmidhuber 2000).
  public static let peepholeLSTM = CellKind(
    RecurrentUnit(
      "peephole", words: "LSTM with peepholes",
      explanation: "an LSTM whose gates also see the cell state",
      gates: ["input gate", "forget gate", "candidate", "output gate"], forgetGate: 1,
      cellStates: 1, saved: 1, parameters: ["peephole_i", "peephole_f", "peephole_o"],
      code: .kernels(
        Kernels.PeepholeLSTM.self, KernelsAVX2.PeepholeLSTM.self, KernelsAVX512.PeepholeLSTM.self)))

  /// Long short-term memory whose input gate is what its forget gate leaves: `i = 1 - f` (“CIFG”, Greff
  /// et al. 2017).
  public static let coupledLSTM = CellKind(
    RecurrentUnit(
      "coupled", words: "LSTM with coupled gates",
      explanation: "an LSTM whose input gate is 1 - forget gate",
      gates: ["forget gate", "candidate", "output gate"], forgetGate: 0, cellStates: 1, saved: 1,
      code: .kernels(
        Kernels.CoupledLSTM.self, KernelsAVX2.CoupledLSTM.self, KernelsAVX512.CoupledLSTM.self)))

  /// The gated recurrent unit without anything that sees the previous output but the update itself:
  /// `h = (1 - z) h₋ + z (W x + b)` (Feng et al. 2024).
  public static let minGRU = CellKind(
    RecurrentUnit(
      "mingru", words: "minGRU", explanation: seesInputOnly,
      inputGates: ["update gate", "candidate"],
      code: .kernels(
        Kernels.MinGRU.self, KernelsAVX2.MinGRU.self, KernelsAVX512.MinGRU.self)))

  /// Its sibling with two gates, which are made to add up to one: `h = f' h₋ + i' (W x + b)` with
  /// `f' = f / (f + i)`, `i' = i / (f + i)` (Feng et al. 2024).
  public static let minLSTM = CellKind(
    RecurrentUnit(
      "minlstm", words: "minLSTM", explanation: seesInputOnly,
      inputGates: ["forget gate", "input gate", "candidate"],
      code: .kernels(
        Kernels.MinLSTM.self, KernelsAVX2.MinLSTM.self, KernelsAVX512.MinLSTM.self)))

  private static let seesInputOnly = "units whose gates see only the input, which makes them fast"

  /// Long short-term memory before which the input and the previous output alter each other, in five
  /// rounds; it reads numbers, not tokens (“Mogrifier”, Melis et al. 2020).
  public static let mogrifierLSTM = CellKind(
    RecurrentUnit(
      "mogrifier", words: "Mogrifier LSTM",
      explanation: "an LSTM whose input and previous output first modify each other; slow",
      gates: ["input gate", "forget gate", "candidate", "output gate"], forgetGate: 1,
      cellStates: 1, saved: 1, rounds: 5,
      code: .kernels(Kernels.LSTM.self, KernelsAVX2.LSTM.self, KernelsAVX512.LSTM.self)))

  /// A unit with a forget gate only, which takes in new values less readily than it keeps old ones:
  /// `h = σ(s) h₋ + (1 - σ(s - 1)) tanh(W x + U h₋ + b)` with a sum `s` of its own (van der Westhuizen &
  /// Lasenby 2018).
  public static let janet = CellKind(
    RecurrentUnit(
      "janet", words: "JANET", explanation: "a unit with only a forget gate",
      gates: ["forget gate", "candidate"], forgetGate: 0, saved: 1,
      code: .kernels(Kernels.JANET.self, KernelsAVX2.JANET.self, KernelsAVX512.JANET.self)))
}
