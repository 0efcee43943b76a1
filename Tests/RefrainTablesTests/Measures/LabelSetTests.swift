import RefrainTables
import Testing

struct LabelSetTests {
  @Test func setsAreCountedLabelByLabel() {
    var measures = LabelSetMeasures(labels: 3)
    #expect(measures.exactMatchRate == 0 && measures.microF1 == 0 && measures.macroF1 == 0)
    measures.add([true, false, false], target: [true, true, false])
    measures.add([true, true, false], target: [true, true, false])
    measures.add([true, false, false], target: [false, false, false])
    #expect(measures.count == 3 && measures.exactMatches == 1)
    // Two right of three predicted and two wanted; one right of one predicted and two wanted; never seen.
    #expect(measures.f1(of: 0) == 0.8)
    #expect(measures.f1(of: 1) == 2.0 / 3)
    #expect(measures.f1(of: 2) == 0)
    #expect(abs(measures.macroF1 - (0.8 + 2.0 / 3) / 2) < 1e-12)
    #expect(measures.microF1 == 6.0 / 8)
  }
}
