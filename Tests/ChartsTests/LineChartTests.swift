import Charts
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct LineChartTests {
  private let chart = LineChart(
    title: "Speed & <batch>", xAxis: Axis("sequences \"B\"", .logarithmic),
    yAxis: Axis("tokens per second", fromZero: true),
    series: [
      Series("one thread", [(1, 900), (10, 3_000), (100, 5_000)]),
      Series("all <threads>", [(1, 1_000), (100, 9_800)], hasMarkers: false),
    ])

  /// The elements of that name.
  private func elements(_ name: String, _ chart: LineChart) throws -> [Element] {
    let reader = ElementReader(name)
    let parser = XMLParser(data: Data(chart.svg.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return reader.found
  }

  private func numbers(_ points: String?) -> [[Double]] {
    (points ?? "").split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
  }

  @Test func isWellFormedAndKeepsEveryCharacterOfItsTexts() throws {
    let texts = try elements("text", chart).map(\.text)
    for text in [
      "Speed & <batch>", "sequences \"B\"", "tokens per second", "one thread", "all <threads>",
    ] {
      #expect(texts.contains(text))
    }
  }

  @Test func pointsLieWhereTheAxesSay() throws {
    let texts = try elements("text", chart)
    func place(_ label: String, _ axis: String) throws -> Double {
      let found = try #require(texts.first { $0.text == label })
      return try #require(found.attributes[axis].flatMap(Double.init))
    }
    let line = numbers(try elements("polyline", chart)[0].attributes["points"])
    try #require(line.count == 3)
    // A tick's number stands centred below its value, and four pixels below it at the side.
    #expect(abs(line[0][0] - (try place("1", "x"))) < 0.11)
    #expect(abs(line[1][0] - (try place("10", "x"))) < 0.11)
    #expect(abs(line[2][0] - (try place("100", "x"))) < 0.11)
    let zero = try place("0", "y") - 4
    let tenThousand = try place("10,000", "y") - 4
    #expect(abs(line[1][1] - (zero + (tenThousand - zero) * 0.3)) < 0.2)
    #expect(abs(line[2][1] - (zero + (tenThousand - zero) * 0.5)) < 0.2)
  }

  @Test func markersAreDrawnOnlyWhereAskedFor() throws {
    // Three points and one in the legend; the second line has none.
    #expect(try elements("circle", chart).count == 4)
    #expect(try elements("polygon", chart).isEmpty)
  }

  @Test func coloursFollowTheReadersBackground() {
    #expect(chart.svg.contains("prefers-color-scheme: dark"))
  }

  @Test func sayExactlyTheTicksThatWereChosen() throws {
    let sizes: [Double] = [28, 64, 128, 256, 1_024]
    let chart = LineChart(
      title: "t", xAxis: Axis("units", .logarithmic, ticks: sizes), yAxis: Axis("y"),
      series: [Series("s", [(28, 1), (1_024, 2)])])
    let labels = try elements("text", chart).filter { $0.attributes["y"] == "380" }.map(\.text)
    #expect(labels == ["28", "64", "128", "256", "1,024"])
  }

  @Test(arguments: [
    (0.0, 1.0), (3, 3), (-0.02, 0.013), (1e-9, 4e-9), (99, 101), (0, 0), (-5, 123_456_789),
  ])
  func linearTicksAreFewAndReachAroundTheValues(_ low: Double, _ high: Double) throws {
    let chart = LineChart(
      title: "t", xAxis: Axis("x"), yAxis: Axis("y"), series: [Series("s", [(low, 0), (high, 0)])])
    let labels = try elements("text", chart).filter { $0.attributes["y"] == "380" }
    #expect((3...10).contains(labels.count))
    for point in numbers(try elements("polyline", chart)[0].attributes["points"]) {
      let places = labels.compactMap { $0.attributes["x"].flatMap(Double.init) }
      #expect(point[0] >= (places.min() ?? 0) - 0.1 && point[0] <= (places.max() ?? 0) + 0.1)
    }
  }

  @Test(arguments: [(1.0, 1.0), (3, 4), (1, 256), (1e-8, 1e8), (0.7, 12_000)])
  func logarithmicTicksAreFew(_ low: Double, _ high: Double) throws {
    let chart = LineChart(
      title: "t", xAxis: Axis("x", .logarithmic), yAxis: Axis("y"),
      series: [Series("s", [(low, 0), (high, 1)])])
    let labels = try elements("text", chart).filter { $0.attributes["y"] == "380" }
    #expect((1...10).contains(labels.count))
    let line = numbers(try elements("polyline", chart)[0].attributes["points"])
    #expect(line.allSatisfy { $0.allSatisfy(\.isFinite) })
  }
}

private typealias Element = (attributes: [String: String], text: String)

/// Collects the elements of one name.
private final class ElementReader: NSObject, XMLParserDelegate {
  private let name: String
  private(set) var found: [Element] = []
  private var isInside = false

  init(_ name: String) { self.name = name }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    isInside = element == name
    if isInside { found.append((attributes, "")) }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if isInside { found[found.count - 1].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    isInside = false
  }
}
