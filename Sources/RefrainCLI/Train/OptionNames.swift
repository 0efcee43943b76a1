import ArgumentParser
import Refrain

/// The values of `--tokens`.
enum TokensName: String, ExpressibleByArgument, CaseIterable {
  case char, word, byte

  var unit: Vocabulary.Unit {
    switch self {
    case .char: .character
    case .word: .word
    case .byte: .byte
    }
  }

  init(_ unit: Vocabulary.Unit) {
    switch unit {
    case .character: self = .char
    case .word: self = .word
    case .byte: self = .byte
    }
  }
}

/// The values of `--cell`.
enum CellName: String, ExpressibleByArgument, CaseIterable {
  case rnn, lstm, gru, peephole, coupled, mingru, minlstm, mogrifier, tcn, window

  /// The recurrent unit; nil for what is none.
  var kind: CellKind? {
    switch self {
    case .rnn: .rnn
    case .lstm: .lstm
    case .gru: .gru
    case .peephole: .peepholeLSTM
    case .coupled: .coupledLSTM
    case .mingru: .minGRU
    case .minlstm: .minLSTM
    case .mogrifier: .mogrifierLSTM
    case .tcn, .window: nil
    }
  }

  /// What layers are made of.
  var unit: SequenceUnit { kind.map { .recurrent($0) } ?? (self == .tcn ? .tcn : .window) }
}

/// The values of `--optimizer`.
enum OptimizerName: String, ExpressibleByArgument, CaseIterable {
  case adam, adamw, rmsprop, sgd

  init(_ optimizer: Optimizer) {
    switch optimizer {
    case .adam: self = .adam
    case .adamW: self = .adamw
    case .rmsProp: self = .rmsprop
    case .sgd: self = .sgd
    }
  }
}

/// The values of `--schedule`.
enum ScheduleName: String, ExpressibleByArgument, CaseIterable {
  case constant, cosine, step, plateau

  init(_ shape: Schedule.Shape) {
    switch shape {
    case .constant: self = .constant
    case .cosine: self = .cosine
    case .step: self = .step
    case .plateau: self = .plateau
    }
  }
}
