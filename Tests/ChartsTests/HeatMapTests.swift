import Charts
import Foundation
import Testing

struct HeatMapTests {
  private let map = HeatMap(
    title: "What <it> keeps", columns: ["a", " ", "&", "b"],
    bands: [
      HeatMap.Band("gate", rows: [[0, 0, 0, 1], [2, 1, 1, 1]], .fromZeroToOne),
      HeatMap.Band("cell", rows: [[-1, 0.0, 1, -5]], .fromMinusOneToOne),
    ])

  /// The strokes of each colour: where they begin and how long they are.
  private var strokes: [String: [[Double]]] {
    var found: [String: [[Double]]] = [:]
    for path in map.svg.matches(of: /<path stroke="([^"]+)" d="([^"]+)"\/>/) {
      found[String(path.1), default: []] += path.2.matches(of: /M([\d.]+) ([\d.]+)h([\d.]+)/).map {
        [Double($0.1)!, Double($0.2)!, Double($0.3)!]
      }
    }
    return found
  }

  @Test func equalNeighboursAreOneStroke() throws {
    let (zero, one) = ("rgb(68,1,84)", "rgb(253,231,37)")
    let strokes = strokes
    let column = try #require(strokes[zero]?.first)[2] / 3
    #expect(strokes[zero]?.count == 1)
    // One at the end of the first row, and the whole second, whose first value is beyond the range.
    let ones = try #require(strokes[one])
    #expect(ones.map { $0[2] / column } == [1, 4])
    #expect(ones[0][0] == strokes[zero]![0][0] + 3 * column)
    #expect(ones[1][1] > ones[0][1])
  }

  @Test func valuesOutsideHaveTheNearestColour() throws {
    let strokes = strokes
    #expect(strokes["rgb(33,102,172)"]?.count == 2)
    #expect(strokes["rgb(178,24,43)"]?.count == 1)
  }

  @Test func textsAreKept() throws {
    for text in ["What &lt;it&gt; keeps", "gate", "cell", ">a<", ">&amp;<", ">b<"] {
      #expect(map.svg.contains(text))
    }
  }
}
