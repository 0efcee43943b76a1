import Refrain
import RefrainTables
import Testing

struct TableModelTests {
  private static let tables: [Scheme: String] = [
    .oneToOne: "x,y\n1,2\n3,4\n", .oneToMany: "x,y\na,one\nb,two\na,three\nb,four\n",
    .manyToOne: "x,y\nab,1\ncd,2\n", .manyToMany: "x,y\n1 2,3 4\n5 6,7 8\n",
    .manyToManyDelayed: "x,y\nab,cde\ncd,xyz\n",
  ]

  private func task(_ scheme: Scheme, _ change: (inout TableColumns) -> Void = { _ in }) throws
    -> TableTask
  {
    var columns = TableColumns(targets: ["y"])
    change(&columns)
    let task = try TableTask(columns, of: csv(try #require(Self.tables[scheme])))
    try #require(task.scheme == scheme)
    return task
  }

  @Test(arguments: Scheme.allCases)
  func everySchemeHasANetwork(scheme: Scheme) throws {
    let task = try task(scheme)
    var model = TableModel()
    for dropout in [0, 0.25] as [Float] {
      model.dropout = dropout
      let description = try model.description(of: task)
      try description.validate()
      #expect(description.scheme == scheme)
      #expect(task.fits(description))
    }
  }

  @Test func networksAreThoseOfTheLiterature() throws {
    var model = TableModel()
    (model.hidden, model.embedding) = (8, 4)
    #expect(
      try model.description(of: task(.manyToOne))
        == ModelDescription(input: .tokens(4), output: .linear(loss: .meanSquaredError)) {
          Embedding(4)
          Bidirectional(.lstm, 8)
          MaxOverTime()
          Dense(1)
        })
    #expect(
      try model.description(of: task(.manyToOne) { $0.targetKind = .label })
        == ModelDescription(input: .tokens(4), output: .softmax(2)) {
          Embedding(4)
          Bidirectional(.lstm, 8)
          MaxOverTime()
        })
    model.layers = 0
    #expect(
      try model.description(of: task(.oneToOne))
        == ModelDescription(input: .frames(1), output: .linear(loss: .meanSquaredError)) {
          Dense(1)
        })
    (model.layers, model.cell, model.isBidirectional, model.attention) = (2, .gru, false, 0)
    // Five letters are predicted, and the end.
    #expect(
      try model.description(of: task(.manyToManyDelayed))
        == ModelDescription(
          input: .tokens(7), output: .softmax(7),
          encoder: .init(input: .tokens(4)) {
            Embedding(4)
            GRU(8)
            GRU(8)
          }
        ) {
          Embedding(4)
          GRU(8)
          GRU(8)
        })
    (model.layers, model.attention, model.isBidirectional) = (1, nil, nil)
    let attending = try model.description(of: task(.manyToManyDelayed))
    #expect(attending.layers.last == .attention(size: 8))
    #expect(attending.encoder?.layers.last == .bidirectional(cell: .gru, hidden: 8))
    model.isBidirectional = false
    #expect(try model.description(of: task(.manyToOne)).layers.contains(.lastStep))
    model.layers = 0
    #expect(
      try model.description(of: task(.manyToOne)).layers == [
        .embedding(size: 4), .meanOverTime, .dense(size: 1, activation: .linear),
      ])
    model.pooling = .max
    #expect(try model.description(of: task(.manyToOne)).layers.contains(.maxOverTime))
  }

  @Test func convolutionsReadWhatRecurrentLayersRead() throws {
    var model = TableModel()
    (model.cell, model.hidden, model.embedding, model.layers) = (.tcn, 4, 4, 2)
    #expect(
      try model.description(of: task(.manyToOne))
        == ModelDescription(input: .tokens(4), output: .linear(loss: .meanSquaredError)) {
          Embedding(4)
          Convolution(4, width: 3, activation: .relu, residual: true)
          Convolution(4, width: 3, dilation: 2, activation: .relu, residual: true)
          MaxOverTime()
          Dense(1)
        })
    (model.cell, model.layers) = (.window, 1)
    #expect(
      try model.description(of: task(.manyToMany))
        == ModelDescription(input: .frames(1), output: .linear(loss: .meanSquaredError)) {
          Convolution(4, width: 16, activation: .tanh)
          Dense(1)
        })
  }

  /// What a scheme has no place for is refused, not passed over.
  @Test func whatASchemeHasNoPlaceFor() throws {
    func refused(_ scheme: Scheme, _ change: (inout TableModel) -> Void) -> String? {
      var model = TableModel()
      change(&model)
      return sentence { _ = try model.description(of: try task(scheme)) }
    }
    #expect(
      refused(.manyToOne) { $0.attention = 4 }
        == "Attention is not possible with the scheme many-to-one: leave it as it is by default.")
    #expect(refused(.oneToMany) { $0.attention = 4 } != nil)
    #expect(refused(.manyToManyDelayed) { $0.pooling = .last } != nil)
    #expect(refused(.oneToOne) { $0.isBidirectional = true } != nil)
    #expect(refused(.manyToMany) { $0.layers = 0 } != nil)
    #expect(
      refused(.manyToManyDelayed) { $0.cell = .tcn }
        == "The unit tcn is not possible with the scheme many-to-many-delayed: leave it as it is by "
        + "default.")
    #expect(refused(.oneToMany) { $0.cell = .window } != nil)
    #expect(refused(.manyToOne) { $0.cell = .window } == nil)
    let both = refused(.manyToOne) { ($0.cell, $0.isBidirectional) = (.tcn, true) }
    #expect(both?.contains("reads in one direction; leave out `bidirectional`") == true)
    #expect(refused(.manyToOne) { $0.layers = 0 } == nil)
    #expect(refused(.manyToOne) { $0.attention = 0 } == nil)
  }

  @Test func otherNetworksDoNotFit() throws {
    let task = try task(.manyToOne)
    var description = try TableModel().description(of: task)
    description.input = .tokens(5)
    #expect(!task.fits(description))
    #expect(try !task.fits(TableModel().description(of: self.task(.manyToMany))))
    #expect(
      try !task.fits(
        TableModel().description(of: self.task(.manyToOne) { $0.targetKind = .label })))
  }
}
