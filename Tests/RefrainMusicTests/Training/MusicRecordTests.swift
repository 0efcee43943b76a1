import Foundation
import Refrain
import RefrainRuns
import RefrainMusic
import Testing

struct MusicRecordTests {
  private func isRefused(_ change: (inout [String: Any]) -> Void) async throws -> Bool {
    let model = try await TrainedMusic.trained().model(changing: change)
    do {
      _ = try model.record(of: MusicMaterial.self)
      return false
    } catch let error as ModelFileError {
      return String(describing: error).contains("changed")
    }
  }

  @Test func whatIsPossibleIsRead() async throws {
    let trained = try await TrainedMusic.trained()
    #expect(try await !isRefused { _ in })
    #expect(trained.model.file.hasLearned(MusicMaterial.self))
    #expect(abs(trained.information.seconds - 16) < 0.1)
    #expect(trained.information.places.map(\.path) == trained.recordings)
    let text = ModelFile(network: trained.model.network)
    #expect(throws: OtherMaterialError(path: "t", material: "music", learned: nil)) {
      try TrainedModel(text, path: "t").record(of: MusicMaterial.self)
    }
  }

  @Test(arguments: [
    ("sampleRate", [0, 3999, 384_001, -1]), ("fftSize", [0, 128, 255, 300, 131_072]),
    ("window", [0, 15, 257]), ("hop", [0, -1, 257]),
  ]) func settingsThatCannotBe(_ name: String, _ values: [Int]) async throws {
    for value in values {
      #expect(
        try await isRefused { information in
          var settings = information["settings"] as! [String: Any]
          settings[name] = value
          information["settings"] = settings
        }, "\(name) \(value)")
    }
  }

  @Test(arguments: [
    ("means", [1e4, -1e5]), ("deviations", [0, -1, 1e4]), ("greatest", [-1, -0.001]),
  ]) func scalesThatCannotBe(_ name: String, _ values: [Double]) async throws {
    func change(_ body: @escaping (inout [Double]) -> Void) async throws -> Bool {
      try await isRefused { information in
        var scale = information["scale"] as! [String: Any]
        var list = scale[name] as! [Double]
        body(&list)
        scale[name] = list
        information["scale"] = scale
      }
    }
    for value in values {
      #expect(try await change { $0[7] = value }, "\(name) \(value)")
    }
    #expect(try await change { $0.removeLast() })
    #expect(try await change { $0.append(1) })
  }

  @Test(arguments: [0, -1, 1e4]) func floorsThatCannotBe(_ floor: Double) async throws {
    #expect(
      try await isRefused { information in
        var scale = information["scale"] as! [String: Any]
        scale["floor"] = floor
        information["scale"] = scale
      })
  }

  @Test(arguments: [
    ("validationFraction", [-0.1, 1, 2]), ("window", [0, -3, 1_000_001]), ("sampleEvery", [-1]),
    ("keep", [-1]),
  ]) func numbersThatCannotBe(_ name: String, _ values: [Double]) async throws {
    for value in values {
      #expect(try await isRefused { $0[name] = value }, "\(name) \(value)")
    }
  }

  @Test(arguments: [
    (0, 0, 0), (0, 0, -1), (0, -5, 1001), (1, 1000, 1001), (1, 1002, 1001), (1, Int.max, 1001),
    (1, 1001, 1 << 41),
  ]) func placesThatCannotBe(_ index: Int, _ first: Int, _ count: Int) async throws {
    #expect(
      try await isRefused { information in
        var places = information["places"] as! [[String: Any]]
        places[index]["first"] = first
        places[index]["count"] = count
        information["places"] = places
      })
  }

  @Test func whatIsMissingOrNoJSON() async throws {
    for name in ["settings", "scale", "places", "window"] {
      #expect(try await isRefused { $0[name] = nil }, "\(name)")
    }
    #expect(try await isRefused { $0["places"] = [] as [Any] })
    let network = try await TrainedMusic.trained().model.network
    #expect(throws: ModelFileError.self) {
      try TrainedModel(ModelFile(network: network, information: ["music": "{"]), path: "m")
        .record(of: MusicMaterial.self)
    }
  }
}
