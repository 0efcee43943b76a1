/// A training to go on with: its run folder, its last model, and where it stood.
package struct StoppedTraining {
  package let folder: RunFolder
  /// The last model's file.
  package let file: String
  package let model: ModelFile
  package let checkpoint: TrainingCheckpoint

  /// Reads the last model of the run at `path`.
  ///
  /// - Throws: ``RunFolderError``, ``ModelFileError``, ``FileError``.
  package init(at path: String) throws {
    folder = RunFolder(path)
    file = try folder.resumable()
    model = try ModelFile(contentsOf: file)
    guard let checkpoint = model.training else { throw ModelFileError.notTrainable(path: file) }
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
