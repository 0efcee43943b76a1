import Foundation
import Refrain
import RefrainRuns
import RefrainMusic
import Synchronization

/// Music and networks so small that they train in a moment: 8,000 samples and 125 frames of 129 values a
/// second.
enum TinyMusic {
  static let settings: SpectrogramSettings = {
    var settings = SpectrogramSettings()
    settings.sampleRate = 8000
    settings.fftSize = 256
    settings.window = 256
    settings.hop = 64
    return settings
  }()

  /// Four notes a second, up and down from `lowest`, which fade.
  static func melody(lowest: Double, seconds: Double) -> [Float] {
    let ratios = [1, 1.25, 1.5, 2, 1.5, 1.25]
    return (0..<Int(seconds * 8000)).map { i in
      let place = i % 2000
      let speed = 2 * Double.pi * lowest * ratios[i / 2000 % ratios.count] / 8000
      let attack = min(1, Double(place) / 40)
      return Float(0.5 * attack * exp(-Double(place) / 1500) * sin(speed * Double(place)))
    }
  }

  /// Writes a sound of 8,000 samples a second.
  @discardableResult
  static func write(_ samples: [Float], to path: String) throws -> String {
    try Recording(sampleRate: 8000, channels: [samples]).write(to: path)
    return path
  }

  /// A training of 20 steps, with a sound after ten and after twenty.
  static func request(_ inputs: [String]) -> MusicTrainingRequest {
    var request = MusicTrainingRequest(inputs: inputs)
    request.settings = settings
    request.model?.hidden = 8
    request.model?.layers = 1
    request.model?.components = 2
    request.configuration.batchSize = 4
    request.configuration.sequenceLength = 16
    request.configuration.evaluateEvery = 10
    request.limits = TrainingLimits(steps: 20)
    request.threads = 1
    return request
  }
}

/// A run on two recordings of eight seconds, which many tests only read.
struct TrainedMusic: Sendable {
  let folder: TestFolder
  let recordings: [String]
  /// The path of the model file.
  let path: String
  let model: TrainedModel
  let information: MusicRecord

  private static let shared = Task { try await TrainedMusic() }

  private static let place = Mutex("")

  static func trained() async throws -> TrainedMusic { try await shared.value }

  private init() async throws {
    let folder = try TestFolder()
    self.folder = folder
    // Nobody frees what is shared.
    Self.place.withLock { $0 = folder.path }
    atexit { try? FileManager.default.removeItem(atPath: TrainedMusic.place.withLock { $0 }) }
    recordings = try [("low", 300.0), ("high", 1500.0)].map { name, lowest in
      try TinyMusic.write(
        TinyMusic.melody(lowest: lowest, seconds: 8), to: folder.path + "/\(name).wav")
    }
    var request = TinyMusic.request(recordings)
    request.sampleEvery = 1000
    let run = try MusicRun(request, to: folder.path + "/run")
    for try await _ in run {}
    path = run.folder.last
    model = try TrainedModel(path)
    information = try model.record(of: MusicMaterial.self)
  }

  /// The model with what it says of its music changed, as JSON.
  func model(
    changing change: (inout [String: Any]) -> Void
  ) throws -> TrainedModel {
    let text = model.file.information["music"] ?? ""
    var members =
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    change(&members)
    let changed = String(
      decoding: try JSONSerialization.data(withJSONObject: members), as: UTF8.self)
    return TrainedModel(
      ModelFile(network: model.network, information: ["music": changed]), path: "changed")
  }
}
