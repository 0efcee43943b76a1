import Refrain
import TestSupport
import Testing

/// Encoders and decoders in `Float` against PyTorch in double precision.
struct DecoderFixtureTests {
  static let cases = fixtureNames(prefix: "decoder-").flatMap { name in
    KernelChoice.allCases.filter(\.isAvailable).flatMap { kernels in
      [1, 2, 3].map { (name, kernels, $0) }
    }
  }

  private func network(_ fixture: DecoderFixture) throws -> Network {
    let cell = try #require(CellKind(fixture.cell))
    let encoderCell = try #require(CellKind(fixture.encoderCell))
    let description = ModelDescription(
      input: .tokens(fixture.vocabularies[1]), output: .softmax(fixture.vocabularies[1]),
      encoder: ModelDescription.Encoder(input: .tokens(fixture.vocabularies[0])) {
        Embedding(7)
        Bidirectional(encoderCell, fixture.encoderHidden)
      }
    ) {
      Embedding(fixture.hidden)
      if fixture.kind == "repeated" { RepeatOverTime() }
      Recurrent(cell, fixture.hidden)
      if fixture.kind == "attention" { Attention(fixture.hidden + 1) }
    }
    let network = try Network(description)
    #expect(Set(network.parameterNames) == Set(fixture.parameters.keys))
    for (name, tensor) in fixture.parameters {
      #expect(tensor.shape == network.shape(of: name), "\(name)")
      network.setValues(of: name, to: tensor.values.map(Float.init))
    }
    return network
  }

  @Test(arguments: cases)
  func everythingMatchesPyTorch(_ name: String, _ kernels: KernelChoice, _ threads: Int) throws {
    let fixture = try DecoderFixture(named: name)
    let (batch, source) = (fixture.batch, fixture.source)
    let network = try network(fixture)
    let workspace = Workspace(
      network, steps: batch.steps, sourceSteps: source.steps, sequences: batch.sequences,
      mode: .training, threads: threads, kernels: kernels)
    let loss = workspace.gradient(Batch(batch, source: source))
    #expect(relativeError([loss], [fixture.loss]) < 2e-6)
    for (parameter, expected) in fixture.gradients {
      let gradient = network.gradient(of: parameter).map(Double.init)
      #expect(relativeError(gradient, expected.values) < 2e-4, "\(parameter)")
    }
    let reader = Workspace(
      network, steps: batch.steps + 1, sourceSteps: source.steps + 2,
      sequences: batch.sequences + 1, mode: .inference, threads: threads, kernels: kernels)
    reader.forward(Batch(batch, source: source))
    var (found, expected): ([Double], [Double]) = ([], [])
    for step in 0..<batch.steps {
      for sequence in 0..<batch.sequences where step < batch.lengths[sequence] {
        let first = (step * batch.sequences + sequence) * fixture.vocabularies[1]
        expected += fixture.logits[first..<first + fixture.vocabularies[1]]
        found += reader.logits(step: step, sequence: sequence).map(Double.init)
      }
    }
    #expect(relativeError(found, expected) < 2e-5)
  }

  /// The reference is held to the same figures.
  @Test(arguments: fixtureNames(prefix: "decoder-"))
  func theReferenceMatchesPyTorch(_ name: String) throws {
    let fixture = try DecoderFixture(named: name)
    func unit(_ cell: String, _ hidden: Int) throws -> ReferenceLayer<Double> {
      .recurrent(try #require(CellKind(cell)), hidden: hidden)
    }
    var layers: [ReferenceDecoder.Layer] = [.plain(.embedding(size: fixture.hidden))]
    if fixture.kind == "repeated" { layers.append(.repeatOverTime) }
    try layers.append(.plain(unit(fixture.cell, fixture.hidden)))
    if fixture.kind == "attention" { layers.append(.attention(size: fixture.hidden + 1)) }
    let reference = try ReferenceDecoder(
      vocabularies: (fixture.vocabularies[0], fixture.vocabularies[1]),
      encoder: [
        .embedding(size: 7), .bidirectional(unit(fixture.encoderCell, fixture.encoderHidden)),
      ],
      layers: layers, parameters: fixture.parameters)
    let loss = reference.loss(fixture.batch, source: fixture.source)
    #expect(abs(loss - fixture.loss) < 1e-12)
  }
}
