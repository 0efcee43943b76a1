/// One run over a batch, as the layers of each part are told of it.
///
/// An object, as it is handed on many times in each step of a generator, and large.
final class Passes: @unchecked Sendable {
  private let main: Pass
  private let lastStep: Pass?
  /// What an encoder reads, and its summary; nil where it has read before.
  private let encoder: (steps: Pass, summary: Pass)?

  /// - Parameters:
  ///   - encoder: what an encoder reads, or has read last.
  ///   - isNew: whether it is to be read now.
  init(_ main: Pass, lastStep: LastStepRows?, encoder: Pass?, isNew: Bool) {
    var main = main
    main.encoded = encoder.map { SourcePass($0, isNew: isNew) }
    self.main = main
    self.lastStep = lastStep.map { main.oneStep(tokens: $0.tokens, targets: $0.targets) }
    self.encoder =
      isNew
      ? encoder.map { ($0, $0.oneStep(tokens: $0.tokens, targets: $0.targets)) } : nil
  }

  /// Whether the layers of a part have anything to do.
  func has(_ section: Section) -> Bool {
    section == .steps || section == .lastStep || encoder != nil
  }

  var dividesSequences: Bool { main.dividesSequences }

  subscript(section: Section) -> Pass {
    switch section {
    case .steps: return main
    case .lastStep:
      if let lastStep { return lastStep }
    case .encoder:
      if let encoder { return encoder.steps }
    case .summary:
      if let encoder { return encoder.summary }
    }
    preconditionFailure("The batch has no such part.")
  }
}
