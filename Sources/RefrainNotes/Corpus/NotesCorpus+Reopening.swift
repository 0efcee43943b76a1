public import RefrainRuns

extension NotesCorpus {
  /// The pieces of a run, read again.
  ///
  /// - Parameters:
  ///   - record: what the run's model file tells of the pieces.
  ///   - moved: folders or files of the notes and where they are now.
  /// - Throws: `InputFileError` if a file is no longer there, or another one; ``NotesError`` if it cannot be read.
  public init(reopening record: NotesRecord, moved: MovedPaths = MovedPaths()) throws {
    let paths = try record.sources.map { try $0.find(moved) }
    try self.init(
      InputListing(notes: paths), stepsPerQuarter: record.stepsPerQuarter,
      validationFraction: record.validationFraction)
  }
}
