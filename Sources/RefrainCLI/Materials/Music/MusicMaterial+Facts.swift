internal import Refrain
internal import RefrainRuns
internal import RefrainMusic

extension MusicMaterial {
  static func facts(_ model: TrainedModel) throws -> MaterialFacts {
    let record = try model.record(of: Self.self)
    let measure = model.network.description.lossInWords
    return MaterialFacts(paragraphs: paragraphs(record), json: json(record)) {
      "\($0.fixed(4)) \(measure)"
    }
  }

  /// What a model of music says of its music, for people.
  private static func paragraphs(_ music: MusicRecord) -> [String] {
    let share = music.validationFraction
    var recordings = [
      "Music: \(music.places.count.of("recording")), \(music.seconds.asDuration)."
    ]
    recordings += music.places.prefix(10).map {
      "  \($0.path), \((Double($0.count) / music.settings.frameRate).asDuration)"
    }
    let rest = music.places.count - 10
    if rest > 0 { recordings.append("  and \(rest.of("more recording"))") }
    recordings.append(
      share > 0
        ? "The last \((share * 100).plainPercent)% are for validation."
        : "Nothing is for validation.")
    return [
      recordings.joined(separator: "\n"), frames(music),
      music.range.map(usual) ?? "None of this music can be heard.",
    ]
  }

  private static func frames(_ music: MusicRecord) -> String {
    let settings = music.settings
    let scale =
      switch music.scale.kind {
      case .linear: "magnitudes as they are"
      case .logarithmic: "normalised logarithms of magnitudes"
      }
    let sides = music.layout == .stereo ? ", as the middle and the side of left and right" : ""
    let rate = "\(settings.frameRate.fixed(1)) per second"
    return
      "Frames: \(music.frameInWords), \(rate), from \(settings.window.grouped) samples "
      + "every \(settings.hop.grouped), at \(settings.sampleRate.grouped) samples per second.\n"
      + "Scale: \(scale)\(sides)."
  }

  /// What nine in ten of the music's stretches of five seconds are like.
  private static func usual(_ range: ListeningRange) -> String {
    func line(_ name: String, _ bounds: ListeningRange.Bounds, _ places: Int, _ what: String)
      -> [String]
    {
      ["  " + name, "\(bounds.lower.fixed(places)) to \(bounds.upper.fixed(places))", what]
    }
    let rows = [
      line("loudness", range.energy, 0, "decibels below full scale"),
      line("flatness", range.flatness, 3, "0 for a tone, 0.56 for noise"),
      line("change from frame to frame", range.novelty, 3, "0 for a held tone, 0.7 for noise"),
      line("change over half a second", range.slowNovelty, 3, "0 for a held tone, 1 for noise"),
    ]
    return "Usual in this music:\n"
      + TextTable(rows: rows, leftColumns: 3).lines.joined(separator: "\n")
  }

  /// The same for programs.
  private static func json(_ music: MusicRecord) -> JSONValue {
    func bounds(_ bounds: ListeningRange.Bounds) -> JSONValue {
      .array([.number(bounds.lower), .number(bounds.upper)])
    }
    let settings = music.settings
    return [
      "recordings": .array(
        music.places.map {
          [
            "path": .string($0.path),
            "seconds": .number(Double($0.count) / settings.frameRate),
          ]
        }),
      "seconds": .number(music.seconds), "validation": .number(music.validationFraction),
      "sample_rate": .integer(settings.sampleRate), "channels": .integer(music.scale.channels),
      "window": .integer(settings.window),
      "hop": .integer(settings.hop), "scale": .string(music.scale.kind.rawValue),
      "usual": music.range.map {
        [
          "energy": bounds($0.energy), "flatness": bounds($0.flatness),
          "novelty": bounds($0.novelty), "slow_novelty": bounds($0.slowNovelty),
          "development": bounds($0.development),
        ]
      } ?? .null,
    ]
  }
}

extension Double {
  /// A percentage with as many digits as it needs: `10`, `12.5`.
  fileprivate var plainPercent: String {
    let rounded = (self * 100).rounded() / 100
    return rounded.plain
  }
}
