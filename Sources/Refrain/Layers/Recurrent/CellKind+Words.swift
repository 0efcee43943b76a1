extension CellKind {
  /// The unit as people write it: `LSTM`.
  var inWords: String {
    switch self {
    case .rnn, .lstm, .gru: return description.uppercased()
    case .peepholeLSTM: return "LSTM with peepholes"
    case .coupledLSTM: return "LSTM with coupled gates"
    case .minGRU: return "minGRU"
    case .minLSTM: return "minLSTM"
    case .mogrifierLSTM: return "Mogrifier LSTM"
    case .custom(let name): return name
    }
  }
}
