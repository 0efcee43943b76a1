package import Refrain

/// A training to go on with: its run folder, its last model, and where it stood.
package struct StoppedTraining {
  package let folder: RunFolder
  /// The last model.
  package let model: TrainedModel
  package let checkpoint: TrainingCheckpoint

  /// Reads the last model of the run at `path`.
  ///
  /// - Throws: ``RunFolderError``, ``ModelFileError``, ``FileError``.
  package init(at path: String) throws {
    folder = RunFolder(path)
    model = try TrainedModel(folder.resumable())
    guard let checkpoint = model.file.training else {
      throw ModelFileError.notTrainable(path: model.path)
    }
    self.checkpoint = checkpoint
  }

  /// How it was trained, with the changes that `change` makes.
  package func configuration(
    _ change: (inout TrainingConfiguration) -> Void
  ) -> TrainingConfiguration {
    var configuration = checkpoint.configuration
    change(&configuration)
    return configuration
  }
}
