import Refrain
import RefrainRuns
import RefrainText
import Testing

struct StartFromTests {
  private func network(
    _ vocabulary: Vocabulary, embedding: Int = 0, dropout: Float = 0, seed: UInt64
  ) throws -> Network {
    var model = TextModel()
    (model.hidden, model.embedding, model.dropout) = (3, embedding, dropout)
    return try Network(model.description(vocabularySize: vocabulary.count), seed: seed)
  }

  /// The values of a parameter that belong to a token.
  private func row(_ network: Network, _ name: String, _ token: Int32) -> [Float] {
    let values = network.values(of: name)
    let shape = network.shape(of: name)
    if name == "layers.0.weight_ih" {
      return (0..<shape[0]).map { values[$0 * shape[1] + Int(token)] }
    }
    let width = values.count / shape[0]
    return Array(values[Int(token) * width..<(Int(token) + 1) * width])
  }

  @Test(arguments: [0, 4], [Float(0), 0.3])
  func tokensThatBothHaveKeepTheirRows(embedding: Int, dropout: Float) throws {
    let old = Vocabulary(text: "abcdxy", tokenKind: .character)
    let new = Vocabulary(text: "bcdeyz", tokenKind: .character)
    let source = try network(old, embedding: embedding, seed: 1)
    let fresh = try network(new, embedding: embedding, dropout: dropout, seed: 2)
    let network = try network(new, embedding: embedding, dropout: dropout, seed: 2)
    let mapping = try VocabularyMapping(from: old, to: new)
    try network.takeParameters(from: source, sources: mapping.sources)
    let input = embedding > 0 ? "layers.0.weight" : "layers.0.weight_ih"
    for name in [input, "output.weight", "output.bias"] {
      for token in 0..<Int32(new.count) {
        let expected =
          old.index(of: new.tokens[Int(token)]).map { row(source, name, $0) }
          ?? row(fresh, name, token)
        #expect(row(network, name, token) == expected, "\(name) of \(new.tokens[Int(token)])")
      }
    }
    for (name, theirs) in zip(network.parameterNames, source.parameterNames)
    where name != input && !name.hasPrefix("output.") {
      #expect(network.values(of: name) == source.values(of: theirs))
    }
  }

  @Test func otherLayersAreNamed() throws {
    let vocabulary = Vocabulary(text: "abc", tokenKind: .character)
    let source = try network(vocabulary, seed: 1)
    let other = try network(vocabulary, embedding: 2, seed: 1)
    let error = try #require(throws: StartingPointError.self) {
      try other.takeParameters(from: source, sources: [0, 1, 2])
    }
    #expect(error.description.contains("LSTM 3, LSTM 3, but embedding 2, LSTM 3, LSTM 3"))
  }

  @Test func aRunBeginsWithAModelsWeights() async throws {
    let scratch = try Scratch()
    var request = TextTrainingRequest(inputs: [try scratch.write("abcabcabd\n", "a.txt")])
    (request.model.hidden, request.threads) = (4, 1)
    request.limits = TrainingLimits(steps: 3)
    let first = try TextRun(request, to: scratch.path + "/first")
    for try await _ in first {}
    request.inputs = [try scratch.write("abcabce\n", "b.txt")]
    request.startFrom = first.folder.path
    let second = try TextRun(request, to: scratch.path + "/second")
    #expect(second.remarks.contains { $0.contains("‘e’") && $0.contains("‘d’") })
    let start = try ModelFile(contentsOf: first.folder.best).network
    #expect(
      second.trainer.network.values(of: "layers.1.weight_hh")
        == start.values(of: "layers.1.weight_hh"))
    request.tokenKind = .word
    #expect(throws: TextTrainingError.self) { try TextRun(request, to: scratch.path + "/third") }
    // A model that reads no text is none to start from.
    let bare = scratch.path + "/bare.safetensors"
    try ModelFile(network: start).write(to: bare)
    (request.tokenKind, request.startFrom) = (nil, bare)
    #expect(throws: ModelFileError.self) { try TextRun(request, to: scratch.path + "/third") }
    #expect(!scratch.names().contains("third"))
  }
}
