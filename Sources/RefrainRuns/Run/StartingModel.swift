public import Refrain

/// A model that another training begins with.
public struct StartingModel: Sendable {
  /// The model file or run folder, as it was named.
  public let path: String
  /// The model.
  public let model: ModelFile

  /// Reads the model of a run folder, or the file.
  ///
  /// - Throws: ``RunFolderError``, ``ModelFileError``, ``FileError``.
  public init(_ path: String) throws {
    self.path = path
    model = try ModelFile(contentsOf: RunFolder.model(at: path))
  }

  /// What it tells of the inputs that it has learned.
  ///
  /// - Throws: ``OtherMaterialError``, ``ModelFileError``.
  public func record<M: Material>(of material: M.Type) throws -> M.Record {
    try model.record(of: material, path: path)
  }
}
