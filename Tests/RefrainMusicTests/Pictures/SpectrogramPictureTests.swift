import Foundation
import RefrainMusic
import Testing

struct SpectrogramPictureTests {
  private func tone(_ hertz: Double, seconds: Double) -> Spectrogram {
    var sound = SyntheticSound()
    sound.tones([hertz], seconds: seconds)
    return sound.spectrogram
  }

  private func brightestRow(_ picture: DecodedPicture, x: Int) -> Int? {
    (picture.edges[0] + 1..<picture.edges[1]).max { picture.light(x, $0) < picture.light(x, $1) }
  }

  @Test func aToneLiesBesideItsMark() throws {
    // Marks at 50, 100, 200, 500, 1,000, ... hertz.
    for (hertz, mark) in [(100.0, 1), (1000, 4), (5000, 6)] {
      let picture = try DecodedPicture(SpectrogramPicture(tone(hertz, seconds: 4)).png())
      #expect(picture.width == 1000 && picture.height == 420)
      #expect(picture.frequencyMarks().count == 8)
      let row = try #require(brightestRow(picture, x: 400))
      // Between two bins the loudest row is that of the nearer one.
      let tolerance = hertz < 200 ? 4 : 1
      #expect(abs(row - picture.frequencyMarks()[mark]) <= tolerance, "\(hertz) Hz")
    }
  }

  @Test func aLinearAxisHasEqualSteps() throws {
    var settings = PictureSettings()
    settings.frequencies = .linear
    settings.width = 500
    settings.height = 300
    let picture = try DecodedPicture(
      SpectrogramPicture(tone(4000, seconds: 2), settings: settings).png())
    #expect(picture.width == 500 && picture.height == 300)
    // 0, 2, 4, ... 10 kHz.
    let marks = picture.frequencyMarks()
    #expect(marks.count == 6)
    #expect(Set(zip(marks, marks.dropFirst()).map { $0 - $1 }).count <= 2)
    let row = try #require(brightestRow(picture, x: 250))
    #expect(abs(row - marks[2]) <= 1)
  }

  @Test func aShortSoundNeitherVanishesNorMoves() throws {
    // 4,307 frames on 840 pixels; one of them, at 50 s, is loud.
    var spectrogram = tone(1000, seconds: 100)
    let bins = spectrogram.settings.bins
    let frame = Int(50 * spectrogram.settings.frameRate)
    for index in 0..<spectrogram.magnitudes.count { spectrogram.magnitudes[index] *= 1e-6 }
    for bin in 0..<bins { spectrogram.magnitudes[frame * bins + bin] = 1 }
    let picture = try DecodedPicture(SpectrogramPicture(spectrogram).png())
    let y = picture.edges[0] + 20
    let bright = (picture.sides[0] + 1..<picture.sides[1]).filter { picture.light($0, y) > 128 }
    #expect(bright.count == 1)
    let marks = picture.secondMarks()
    // 0, 10, ... 100 s.
    #expect(marks.count >= 10)
    #expect(abs(try #require(bright.first) - marks[5]) <= 1)
  }

  @Test func fewFramesAreStretched() throws {
    var spectrogram = tone(1000, seconds: 0.1)
    #expect(spectrogram.frameCount == 4)
    for bin in 0..<2 * spectrogram.settings.bins { spectrogram.magnitudes[bin] = 0 }
    let picture = try DecodedPicture(SpectrogramPicture(spectrogram).png())
    let row = try #require(brightestRow(picture, x: picture.sides[1] - 2))
    let width = picture.sides[1] - picture.sides[0] - 1
    #expect(picture.light(picture.sides[0] + width / 5, row) < 20)
    #expect(picture.light(picture.sides[0] + width * 4 / 5, row) > 200)
  }

  @Test func nothingSilenceAndWrongValuesAreDrawn() throws {
    let settings = SpectrogramSettings()
    let empty = try DecodedPicture(
      SpectrogramPicture(Spectrogram(settings: settings, magnitudes: [])).png())
    #expect(empty[300, 200] == [255, 255, 255])
    let silence = Spectrogram(
      settings: settings, magnitudes: [Float](repeating: 0, count: 50 * settings.bins))
    #expect(try DecodedPicture(SpectrogramPicture(silence).png()).light(300, 200) < 10)
    var wrong = silence
    for (index, value) in [Float.nan, .infinity, -.infinity, -1, 1].enumerated() {
      for bin in 0..<settings.bins {
        for frame in index * 10..<index * 10 + 10 {
          wrong.magnitudes[frame * settings.bins + bin] = value
        }
      }
    }
    let picture = try DecodedPicture(SpectrogramPicture(wrong).png())
    #expect(
      [100, 320, 480, 650, 860].map { picture.light($0, 200) > 128 } == [
        false, true, false, false, true,
      ])
  }

  @Test func twoSpectrogramsShareTheirScales() throws {
    var soft = tone(1000, seconds: 2)
    for index in soft.magnitudes.indices { soft.magnitudes[index] *= 0.1 }
    let picture = try DecodedPicture(
      SpectrogramPicture(original: tone(1000, seconds: 4), generated: soft, title: "Two").png())
    #expect(picture.width == 1000)
    let edges = picture.edges
    #expect(edges.count == 4)
    #expect(edges[1] - edges[0] == edges[3] - edges[2])
    let row = try #require(brightestRow(picture, x: 200))
    let below = row - edges[0] + edges[2]
    // 20 of 80 decibels softer, and only half as long.
    #expect(picture.light(200, row) > picture.light(200, below) + 30)
    #expect(picture.light(200, below) > 60)
    #expect(picture[800, below] == [255, 255, 255])
  }

  @Test func titlesTakeALineAndAnyLetters() throws {
    let sound = tone(1000, seconds: 2)
    let plain = try DecodedPicture(SpectrogramPicture(sound).png())
    for title in ["Für Elise", "音楽", String(repeating: "long ", count: 100), ""] {
      let titled = try DecodedPicture(SpectrogramPicture(sound, title: title).png())
      #expect(titled.height == plain.height && titled.edges[0] == plain.edges[0] + 24)
      // Above the labels of the highest marks.
      let marked = (0..<titled.edges[0] - 8).contains { y in
        (0..<titled.width).contains { titled.light($0, y) < 100 }
      }
      #expect(marked == !title.isEmpty)
    }
  }

  @Test func coloursGrowLighter() throws {
    let picture = try DecodedPicture(SpectrogramPicture(tone(1000, seconds: 1)).png())
    // The bar stands right of the plot, as high as it.
    let x = picture.sides[1] + 20
    let bar = (picture.edges[0] + 1..<picture.edges[1]).reversed().map { picture.light(x, $0) }
    #expect(bar.first.map { $0 < 10 } == true && bar.last.map { $0 > 235 } == true)
    #expect(zip(bar, bar.dropFirst()).allSatisfy { $1 >= $0 - 1.5 })
  }

  @Test func picturesAreWrittenToFiles() throws {
    let path = NSTemporaryDirectory() + "refrain-picture-\(UUID().uuidString).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let picture = SpectrogramPicture(tone(1000, seconds: 1))
    try picture.write(to: path)
    #expect(FileManager.default.contents(atPath: path) == Data(picture.png()))
    #expect(throws: (any Error).self) { try picture.write(to: "/nowhere/at/all.png") }
  }

  @Test func sizesOutOfRangeAreBroughtIntoIt() throws {
    var settings = PictureSettings()
    (settings.width, settings.height, settings.decibels) = (-5, 0, .nan)
    settings.frequencies = .logarithmic(from: .nan)
    let picture = try DecodedPicture(
      SpectrogramPicture(tone(1000, seconds: 1), settings: settings).png())
    #expect(picture.width == 320 && picture.height == 200)
  }
}
