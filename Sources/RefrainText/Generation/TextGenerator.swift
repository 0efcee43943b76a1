public import Refrain
public import RefrainRuns

/// Writes text with a model: reads a prompt, then draws token by token.
///
/// The text begins as after a line break, or where the vocabulary has none, after a space or its last token;
/// what it begins with is not part of the text. A model of the first rules
/// (`Vocabulary.Rules`) begins with the prompt where there is one.
public final class TextGenerator {
  /// The vocabulary of the model.
  public let vocabulary: Vocabulary
  private let generator: Generator
  private let sampler: Sampler

  /// A writer with a trained model.
  ///
  /// - Throws: ``/Refrain/ModelFileError`` if the model does not read text.
  public convenience init(
    _ model: TrainedModel, sampler: Sampler, weights: WeightFormat = .f32,
    threads: Int = 0
  ) throws {
    let vocabulary = try model.textVocabulary()
    try self.init(
      Generator(model.network, weights: weights, threads: threads), vocabulary: vocabulary,
      sampler: sampler)
  }

  /// A writer with a generator of one's own. The unknown word is never drawn.
  public init(_ generator: Generator, vocabulary: Vocabulary, sampler: Sampler) throws {
    self.generator = generator
    self.vocabulary = vocabulary
    var excluded = sampler.excluded
    // A model that knows no word at all can write nothing else.
    if let unknown = vocabulary.unknown, vocabulary.count > 1 { excluded.insert(unknown) }
    self.sampler = try Sampler(
      temperature: sampler.temperature, topK: sampler.topK, topP: sampler.topP,
      minP: sampler.minP, repetitionPenalty: sampler.repetitionPenalty, excluded: excluded)
  }

  /// What the model is given before it writes: a beginning, and the prompt's tokens.
  public func start(_ prompt: String) -> (tokens: [Int32], explanation: String?) {
    let encoding = vocabulary.encode(endsBetweenWords(prompt) ? String(prompt.dropLast()) : prompt)
    if encoding.tokens.isEmpty { return ([beginning], encoding.explanation) }
    let begins = [vocabulary.beginning].compactMap { $0 == encoding.tokens[0] ? nil : $0 }
    return (begins + encoding.tokens, encoding.explanation)
  }

  /// Whether a prompt of words ends in the space that the next word brings along.
  private func endsBetweenWords(_ prompt: String) -> Bool {
    vocabulary.tokenKind == .word && vocabulary.rules != .first && prompt.hasSuffix(" ")
      && prompt.dropLast().last.map { !$0.isWhitespace } == true
  }

  private var beginning: Int32 {
    if let beginning = vocabulary.beginning { return beginning }
    if vocabulary.tokenKind == .byte { return Int32(UInt8(ascii: "\n")) }
    return vocabulary.index(of: "\n") ?? vocabulary.index(of: " ") ?? Int32(vocabulary.count - 1)
  }

  /// Writes `length` tokens after `prompt`, from an empty memory, and calls `body` with each piece of
  /// text as soon as it is complete.
  ///
  /// - Parameters:
  ///   - prompt: the text to go on from; it may be empty.
  ///   - length: tokens to write; 0 for endless.
  ///   - stop: ends the text in front of this, which is then not part of it.
  ///   - random: the random numbers that decide the text.
  ///   - body: returns false to end the text.
  /// - Returns: the number of tokens drawn.
  @discardableResult
  public func write(
    prompt: String, length: Int, stop: String? = nil, using random: inout RandomStream,
    body: (String) throws -> Bool
  ) rethrows -> Int {
    generator.reset()
    let tokens = start(prompt).tokens
    generator.read(tokens)
    var decoder = Vocabulary.Decoder(vocabulary)
    if !prompt.isEmpty { for token in tokens { _ = decoder.append(token) } }
    var skipsSpace = endsBetweenWords(prompt)
    var filter = StopText(stop)
    var drawn = 0
    while length == 0 || drawn < length {
      let token = generator.draw(sampler, using: &random)
      drawn += 1
      var piece = decoder.append(token)
      if skipsSpace, piece.first == " " { piece.removeFirst() }
      skipsSpace = skipsSpace && piece.isEmpty
      piece = filter.append(piece)
      if !piece.isEmpty, try !body(piece) { return drawn }
      if filter.isFound { return drawn }
      if length == 0 || drawn < length { generator.read(token) }
    }
    let rest = filter.append(decoder.finish()) + filter.finish()
    if !rest.isEmpty { _ = try body(rest) }
    return drawn
  }

  /// As ``write(prompt:length:stop:using:body:)``, as one text without the prompt.
  public func text(
    prompt: String, length: Int, stop: String? = nil, using random: inout RandomStream
  ) throws -> String {
    precondition(length > 0, "a text that is returned as a whole has an end")
    var text = ""
    write(prompt: prompt, length: length, stop: stop, using: &random) { piece in
      text += piece
      return true
    }
    return text
  }

  /// The most likely texts of `length` tokens after `prompt` that a beam search of `width` finds, best
  /// first.
  public func beams(
    prompt: String, length: Int, width: Int, stop: String? = nil
  ) -> [(text: String, logProbability: Double)] {
    generator.reset()
    let tokens = start(prompt).tokens
    generator.read(tokens)
    let decode = { (drawn: [Int32]) -> String in
      var decoder = Vocabulary.Decoder(self.vocabulary)
      if !prompt.isEmpty { for token in tokens { _ = decoder.append(token) } }
      let text = drawn.map { decoder.append($0) }.joined() + decoder.finish()
      return self.endsBetweenWords(prompt) && text.first == " " ? String(text.dropFirst()) : text
    }
    let search = BeamSearch(width: width, length: length) { drawn in
      guard stop != nil else { return false }
      var filter = StopText(stop)
      _ = filter.append(decode(drawn))
      return filter.isFound
    }
    let results = search.search(from: generator.state, logits: allowedLogits()) { state, token in
      generator.state = state
      generator.read(token)
      state = generator.state
      return allowedLogits()
    }
    return results.map { result in
      var filter = StopText(stop)
      let text = filter.append(decode(result.tokens))
      return (text + filter.finish(), result.logProbability)
    }
  }

  private func allowedLogits() -> [Float] {
    var logits = generator.logits
    for token in sampler.excluded { logits[Int(token)] = -.infinity }
    return logits
  }
}
