import Refrain
import RefrainMusic
import RefrainRuns

extension MusicMaterial {
  static let ownOptions: [TrainOption] = [
    .init("sample-rate", \.music.sampleRate, SoundFile.sampleRates),
    .init("stereo", \.music.stereo),
    .init("window", \.music.window),
    .init("hop", \.music.hop),
    .init("components", \.music.components, 1...64),
    .init("noise", \.music.noise, below: 10),
  ]

  static func reads(_ path: String, isNamed: Bool) -> Bool { SoundFile.looksLikeSound(path) }

  static func fill(_ recipe: inout TrainOptions, preset name: PresetName) throws {
    guard let preset = MusicTrainingPreset(rawValue: name.rawValue) else {
      throw UsageError(
        "--preset \(name.rawValue) is a recipe for text; for music take lecture, or leave "
          + "--preset out for the recipe that sounds best.")
    }
    let request = MusicTrainingRequest(inputs: [], preset: preset)
    recipe.limits.epochs = request.limits.epochs
    _ = try recipe.configuration(changing: request.configuration)
  }

  static func request(
    _ options: inout TrainOptions, inputs: [String]
  ) throws -> MusicTrainingRequest {
    try options.check()
    try options.checkFrames()
    let preset = options.recipe.preset.flatMap { MusicTrainingPreset(rawValue: $0.rawValue) }
    var request =
      preset.map { MusicTrainingRequest(inputs: inputs, preset: $0) }
      ?? MusicTrainingRequest(inputs: inputs)
    try options.decideStart(&request)
    try options.decideNetwork(&request)
    request.settings = options.music.settings(changing: request.settings)
    let isStereo = options.music.stereo ?? (request.layout == .stereo)
    options.music.stereo = isStereo
    request.layout = isStereo ? .stereo : .mono
    request.validationFraction = try options.shareToValidate(of: "the music")
    try options.complete(&request)
    options.music.fill(request.settings)
    return request
  }
}

extension TrainOptions {
  /// A sound is made of frames again, so that each has to lie over the next.
  fileprivate func checkFrames() throws {
    let window = music.window ?? SpectrogramSettings().window
    guard (64...65_536).contains(window), window & (window - 1) == 0 else {
      throw UsageError("--window must be a power of two from 64 to 65,536, not \(window).")
    }
    // A model to start from has a window, and a hop, of its own.
    if model.startFrom != nil && music.window == nil { return }
    guard let hop = music.hop, !(1...window / 2).contains(hop) else { return }
    throw UsageError(
      "--hop must be between 1 and half of the window, \((window / 2).grouped), not \(hop).")
  }

  fileprivate mutating func decideStart(_ request: inout MusicTrainingRequest) throws {
    guard let path = model.startFrom else { return }
    // The preset stands for the options that it has filled in; the network is the model's.
    recipe.preset = nil
    try request.start(from: path)
    model.startFrom = path.absolutePath
    if request.takesModelOfStart, let name = given(of: Self.networkOfMusic) {
      throw UsageError(
        "\(path) has layers that options cannot describe; leave out --\(name) to use them.")
    }
  }

  fileprivate mutating func decideNetwork(_ request: inout MusicTrainingRequest) throws {
    if request.takesModelOfStart { return }
    guard let base = request.model else {
      guard let name = given(of: Self.networkOfMusic) else { return }
      throw UsageError(
        "--\(name) and --preset lecture exclude each other, because the preset sets the network; leave "
          + "out one of the two.")
    }
    let network = musicModel(changing: base)
    request.model = network
    model.fill(
      cell: network.cell.description, hidden: network.hidden, layers: network.layers,
      dropout: network.dropout)
    music.components = network.components
    music.noise = music.noise ?? network.noise.asTyped
  }

  private static let networkOfMusic: Set<String> = [
    "cell", "hidden", "layers", "dropout", "components", "noise",
  ]
}

extension MusicTrainOptions {
  fileprivate func settings(changing base: SpectrogramSettings) -> SpectrogramSettings {
    var settings = base
    settings.sampleRate = sampleRate ?? base.sampleRate
    if let window, window != base.window {
      (settings.window, settings.fftSize, settings.hop) = (window, window, window / 4)
    }
    settings.hop = hop ?? settings.hop
    return settings
  }

  fileprivate mutating func fill(_ settings: SpectrogramSettings) {
    sampleRate = settings.sampleRate
    window = settings.window
    hop = settings.hop
  }
}

extension TrainOptions {
  fileprivate func musicModel(changing base: MusicModel) -> MusicModel {
    var network = base
    network.cell = model.cell?.kind ?? base.cell
    network.hidden = model.hidden ?? base.hidden
    network.layers = model.layers ?? base.layers
    network.dropout = model.dropout.map { Float($0) } ?? base.dropout
    network.components = music.components ?? base.components
    network.noise = music.noise.map { Float($0) } ?? base.noise
    return network
  }
}
