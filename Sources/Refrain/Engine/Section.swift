/// A part of a run over a batch that has steps of its own.
enum Section {
  /// What an encoder reads.
  case encoder
  /// The encoder's one step, its summary.
  case summary
  /// The steps of the batch.
  case steps
  /// The one step that a layer has made of all.
  case lastStep
}
