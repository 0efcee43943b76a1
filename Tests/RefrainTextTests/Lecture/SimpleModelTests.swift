import Refrain
import RefrainText
import Testing

/// The lecture's first model learns its sentence, from the first letter on.
@Suite struct SimpleModelTests {
  @Test(arguments: [CellKind.lstm, .gru, .rnn], [1, 2, 3])
  func `says the sentence by heart`(cell: CellKind, seed: UInt64) async throws {
    let model = try SimpleModel(cell, seed: seed)
    #expect(model.recite() != SimpleModel.sentence)
    let end = try await model.learn(limit: 200)
    #expect(end.isByHeart)
    #expect(model.recite() == SimpleModel.sentence)
  }
}
