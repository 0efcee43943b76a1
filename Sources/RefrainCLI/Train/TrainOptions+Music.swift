import Refrain
import RefrainMusic

extension TrainOptions {
  /// The training on music that is asked for; what was left open is filled in.
  ///
  /// - Throws: ``UsageError`` for options that mean nothing together.
  mutating func musicRequest(inputs: [String]) throws -> MusicTrainingRequest {
    try check()
    var request =
      recipe.preset?.forMusic.map { MusicTrainingRequest(inputs: inputs, preset: $0) }
      ?? MusicTrainingRequest(inputs: inputs)
    try decideStart(&request)
    try decideNetwork(&request)
    request.settings = data.settings(changing: request.settings)
    let isStereo = data.stereo ?? (request.layout == .stereo)
    data.stereo = isStereo
    request.layout = isStereo ? .stereo : .mono
    request.validationFraction = try shareOfMusic()
    request.configuration = try configuration(changing: request.configuration)
    if limits.given == nil { limits.epochs = request.limits.epochs }
    request.limits = limits.given ?? request.limits
    fillReports()
    request.sampleEvery = reports.sampleEvery ?? 0
    request.keep = reports.keep ?? 0
    request.threads = threads.count
    data.fill(request.settings)
    return request
  }

  private mutating func decideStart(_ request: inout MusicTrainingRequest) throws {
    guard let path = model.startFrom else { return }
    // The preset stands for the options that it has filled in; the network is the model's.
    recipe.preset = nil
    try request.start(from: path)
    model.startFrom = path.absolutePath
    if request.takesModelOfStart, let name = namedOption(of: Self.networkOfMusic) {
      throw UsageError(
        "\(path) has layers that no options describe; leave out --\(name) to take them.")
    }
  }

  private mutating func decideNetwork(_ request: inout MusicTrainingRequest) throws {
    if request.takesModelOfStart { return }
    guard let base = request.model else {
      guard let name = namedOption(of: Self.networkOfMusic) else { return }
      throw UsageError(
        "--\(name) and --preset lecture do not go together, as the lecture's network is what it "
          + "is; leave out one of the two.")
    }
    let model = model.musicModel(changing: base)
    request.model = model
    self.model.fill(model)
  }

  private static let networkOfMusic: Set<String> = [
    "cell", "hidden", "layers", "dropout", "components", "noise",
  ]

  /// The first of these options that is given.
  private func namedOption(of names: Set<String>) -> String? {
    TrainOption.all.first { names.contains($0.name) && $0.value(self) != nil }?.name
  }

  private mutating func shareOfMusic() throws -> Double {
    let part = data.validation ?? "0.1"
    guard let share = Double(part), (0..<1).contains(share) else {
      throw UsageError(
        "--validation must be a share of the music, at least 0 and less than 1, not \(part); "
          + "refrain evaluate measures a model on other files.")
    }
    data.validation = part
    return share
  }
}

extension DataOptions {
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

extension ModelOptions {
  fileprivate func musicModel(changing base: MusicModel) -> MusicModel {
    var model = base
    model.cell = cell?.kind ?? base.cell
    model.hidden = hidden ?? base.hidden
    model.layers = layers ?? base.layers
    model.dropout = dropout.map { Float($0) } ?? base.dropout
    model.components = components ?? base.components
    model.noise = noise.map { Float($0) } ?? base.noise
    return model
  }

  fileprivate mutating func fill(_ model: MusicModel) {
    cell = cell ?? CellName(rawValue: model.cell.description)
    hidden = model.hidden
    layers = model.layers
    components = model.components
    // By way of their digits: 0.1 is to stay 0.1.
    dropout = dropout ?? Double("\(model.dropout)")
    noise = noise ?? Double("\(model.noise)")
  }
}
