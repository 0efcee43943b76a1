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
    try decideNetwork(&request)
    request.settings = data.settings
    data.stereo = data.stereo ?? false
    request.layout = data.stereo == true ? .stereo : .mono
    request.validationFraction = try shareOfMusic()
    request.configuration = try configuration(changing: request.configuration)
    if limits.given == nil { limits.epochs = request.limits.epochs }
    request.limits = limits.given ?? request.limits
    reports.sampleEvery = reports.sampleEvery ?? 0
    request.sampleEvery = reports.sampleEvery ?? 0
    request.threads = threads.count
    data.fill(request.settings)
    return request
  }

  private mutating func decideNetwork(_ request: inout MusicTrainingRequest) throws {
    guard let base = request.model else {
      for option in TrainOption.all where Self.networkOfMusic.contains(option.name) {
        if option.value(self) == nil { continue }
        throw UsageError(
          "--\(option.name) and --preset lecture do not go together, as the lecture's network is "
            + "what it is; leave out one of the two.")
      }
      return
    }
    let model = model.musicModel(changing: base)
    request.model = model
    self.model.fill(model)
  }

  private static let networkOfMusic: Set<String> = [
    "cell", "hidden", "layers", "dropout", "components", "noise",
  ]

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
  fileprivate var settings: SpectrogramSettings {
    var settings = SpectrogramSettings()
    settings.sampleRate = sampleRate ?? settings.sampleRate
    settings.window = window ?? settings.window
    settings.fftSize = settings.window
    settings.hop = hop ?? settings.window / 4
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
