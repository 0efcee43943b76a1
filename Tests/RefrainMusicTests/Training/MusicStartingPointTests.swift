import Foundation
import Refrain
import RefrainRuns
import RefrainMusic
import Testing

struct MusicStartingPointTests {
  private let folder: TestFolder
  private let sound: String

  init() throws {
    folder = try TestFolder()
    sound = try TinyMusic.write(
      TinyMusic.melody(lowest: 500, seconds: 4), to: folder.path + "/new.wav")
  }

  private func request(
    from path: String, _ change: (inout MusicTrainingRequest) -> Void = { _ in }
  ) throws -> MusicTrainingRequest {
    var request = TinyMusic.request([sound])
    try request.start(from: path)
    change(&request)
    return request
  }

  private func statistics(_ network: Network) -> [[Float]] {
    network.layout.statistics.tensors.map { network.values(of: $0, in: network.statistics) }
  }

  @Test func weightsAndFramesAreTakenAndTheScaleIsNew() async throws {
    let trained = try await TrainedMusic.trained()
    let request = try request(from: trained.path) {
      $0.model?.dropout = 0
      $0.model?.noise = 0.5
    }
    #expect(request.settings == TinyMusic.settings && request.kind == .logarithmic)
    let run = try MusicRun(request, to: folder.path + "/run")
    let (network, old) = (run.trainer.network, trained.model.network)
    for (name, theirs) in zip(network.parameterNames, old.parameterNames) {
      #expect(network.values(of: name) == old.values(of: theirs), "\(name)")
    }
    #expect(network.parameterNames != old.parameterNames, "dropout is a layer, too")
    let scale = try MusicCorpus(
      InputListing(sounds: [sound]), settings: TinyMusic.settings,
      validationFraction: 0.1
    ).scale
    #expect(run.record.scale == scale && scale != trained.information.scale)
  }

  @Test func whatBatchNormHasMetIsTaken() async throws {
    var first = TinyMusic.request([sound])
    (first.kind, first.model, first.limits) = (.linear, nil, TrainingLimits(steps: 2))
    first.configuration.batchSize = 32
    let old = try MusicRun(first, to: folder.path + "/old")
    for try await _ in old {}
    let request = try request(from: old.folder.path)
    #expect(request.takesModelOfStart && request.kind == .linear && request.model == nil)
    let run = try MusicRun(request, to: folder.path + "/run")
    let best = try ModelFile(contentsOf: old.folder.best).network
    #expect(run.trainer.network.description == .largerModel(bins: 129))
    #expect(statistics(run.trainer.network) == statistics(best))
    #expect(statistics(best) != statistics(try Network(.largerModel(bins: 129))))
  }

  @Test func otherFramesAndOtherNetworksAreRefused() async throws {
    let path = try await TrainedMusic.trained().path
    let target = folder.path + "/run"
    let refused = MusicTrainingError.otherFrames(
      path: path, settings: TinyMusic.settings, kind: .logarithmic, layout: .mono)
    for change: (inout MusicTrainingRequest) -> Void in [
      { $0.settings.hop = 32 }, { $0.settings.sampleRate = 9000 }, { $0.kind = .linear },
      { $0.layout = .stereo },
    ] {
      #expect(throws: refused) { try MusicRun(try request(from: path, change), to: target) }
    }
    for change: (inout MusicTrainingRequest) -> Void in [
      { $0.model?.hidden = 9 }, { $0.model?.components = 3 }, { $0.model?.history = 2 },
      { $0.model?.layers = 2 }, { $0.model?.cell = .gru }, { $0.model = nil },
    ] {
      let error = try #require(throws: StartingPointError.self) {
        try MusicRun(try request(from: path, change), to: target)
      }
      #expect(
        error.description.contains(
          "frames of 129 values, LSTM 8, dense and 4 frames back, 2 Gaussians, but "), "\(error)")
    }
    #expect(!FileManager.default.fileExists(atPath: target))
  }

  @Test func aModelIsReadFromItsDescription() {
    var model = MusicModel()
    for (noise, dropout) in [(0.1, 0.1), (0, 0.2), (0.3, 0), (0, 0)] as [(Float, Float)] {
      (model.noise, model.dropout, model.hidden, model.layers) = (noise, dropout, 5, 3)
      (model.cell, model.components, model.history) = (.gru, 3, 2)
      #expect(MusicModel(model.description(bins: 9)) == model)
    }
    #expect(MusicModel(.largerModel(bins: 9)) == nil)
    var description = model.description(bins: 9)
    description.layers.append(.dropout(rate: 0.5))
    #expect(MusicModel(description) == nil)
  }
}
