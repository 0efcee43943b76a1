import ArgumentParser
import Refrain

/// The values of `--tokens`.
enum TokensName: String, ExpressibleByArgument, CaseIterable {
  case char, word, byte

  var tokenKind: Vocabulary.TokenKind {
    switch self {
    case .char: .character
    case .word: .word
    case .byte: .byte
    }
  }

  init(_ tokenKind: Vocabulary.TokenKind) {
    switch tokenKind {
    case .character: self = .char
    case .word: self = .word
    case .byte: self = .byte
    }
  }
}

/// The values of `--cell`: what layers are made of.
struct CellName: RawRepresentable, ExpressibleByArgument, CaseIterable, Hashable {
  let unit: SequenceUnit

  static let allCases = SequenceUnit.builtIn.map(CellName.init)

  init(_ unit: SequenceUnit) { self.unit = unit }

  init?(rawValue: String) {
    guard let name = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = name
  }

  var rawValue: String { unit.description }

  /// The recurrent unit; nil for what is none.
  var kind: CellKind? {
    if case .recurrent(let kind) = unit { kind } else { nil }
  }

  /// What tells units from the best known ones, those with the same words together: `peephole: an LSTM whose
  /// gates see its cell`.
  static func explanations(ofRecurrent areRecurrent: Bool) -> String {
    var groups: [(names: [String], words: String)] = []
    for unit in SequenceUnit.builtIn where unit.isRecurrent == areRecurrent {
      guard let explanation = unit.explanation else { continue }
      let words = explanation + (unit.needsEmbedding ? ", on text only with --embedding" : "")
      if let last = groups.indices.last, groups[last].words == words {
        groups[last].names.append(unit.description)
      } else {
        groups.append(([unit.description], words))
      }
    }
    return groups.map { $0.names.joined(separator: ", ") + ": " + $0.words }
      .joined(separator: "; ")
  }
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
