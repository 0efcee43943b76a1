import Refrain
import RefrainText
import Testing

/// What the demo is made of.
@Suite struct LectureTests {
  @Test(arguments: [CellKind.lstm, .gru, .rnn], [1, 2, 3])
  func `The simple model tells of every reading until it knows the sentence`(
    cell: CellKind, seed: UInt64
  ) async throws {
    let model = try SimpleModel(cell, seed: seed)
    var readings: [Int] = []
    let end = try await model.learn(limit: 200) { readings.append($0.readings) }
    #expect(end.isByHeart && end.written == SimpleModel.sentence)
    #expect(end.steps == end.readings * (SimpleModel.sentence.count - 1))
    #expect(readings == Array(1...end.readings))
    #expect(model.recite() == SimpleModel.sentence)
  }

  @Test func `The song is the same for a seed and has the verses asked for`() {
    let song = NurserySong.text(verses: 30)
    #expect(song == NurserySong.text(verses: 30))
    #expect(song != NurserySong.text(verses: 30, seed: 2))
    #expect(NurserySong.text(verses: 31).hasPrefix(song))
    let verses = song.split(separator: "\n\n")
    #expect(verses.count == 30)
    #expect(verses.allSatisfy { $0.split(separator: "\n").count == 6 })
    #expect(song.unicodeScalars.allSatisfy { $0.isASCII })
  }
}
