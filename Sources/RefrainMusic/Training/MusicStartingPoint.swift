import Refrain

/// A model of music whose weights another training begins with.
///
/// They have learned values of mean 0 and deviation 1, which the new music's own scale makes of it; so only
/// the kind of the scale has to be the same, and how sound is cut into frames.
struct MusicStartingPoint {
  let network: Network
  let information: MusicRunInformation
  private let path: String

  /// - Parameter path: a model file or run folder.
  /// - Throws: ``RunFolderError``, ``ModelFileError``, ``MusicTrainingError/notMusic(path:)``.
  init(_ path: String) throws {
    self.path = path
    let file = try RunFolder.model(at: path)
    let model = try ModelFile(contentsOf: file)
    information = try model.musicRunInformation(path: file)
    network = model.network
  }

  /// - Throws: ``MusicTrainingError/otherFrames(path:settings:kind:layout:)``.
  func check(_ request: MusicTrainingRequest) throws {
    guard request.settings == information.settings, request.kind == information.scale.kind,
      request.layout == information.layout
    else {
      throw MusicTrainingError.otherFrames(
        path: path, settings: information.settings, kind: information.scale.kind,
        layout: information.layout)
    }
  }
}

extension MusicTrainingRequest {
  /// Lets the training begin with the weights of a model, with its network and its frames.
  ///
  /// ``model`` is then the model's, so that its dropout and noise may be changed; where it has other layers
  /// than a ``MusicModel`` describes, ``takesModelOfStart`` is set.
  ///
  /// - Parameter path: a model file or run folder.
  /// - Throws: ``RunFolderError``, ``ModelFileError``, ``MusicTrainingError/notMusic(path:)``.
  public mutating func start(from path: String) throws {
    let start = try MusicStartingPoint(path)
    startFrom = path
    settings = start.information.settings
    kind = start.information.scale.kind
    layout = start.information.layout
    model = MusicModel(start.network.description)
    takesModelOfStart = model == nil
  }
}
