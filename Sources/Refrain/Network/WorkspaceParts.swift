/// What a workspace is made of. Making it takes all of the workspace's memory, or in an arena that counts, says
/// how much that is.
struct WorkspaceParts {
  let layers: [PlacedLayer]
  let head: any OutputHead
  let rows: BatchRows
  /// What an encoder reads, for a network that has one.
  let sourceRows: BatchRows?
  /// For a network whose output follows whole sequences.
  let lastStep: LastStepRows?

  init(_ description: ModelDescription, _ plan: WorkspacePlan) {
    layers = LayerStack.all(of: description, plan)
    guard let last = layers.last else { preconditionFailure("A network has at least one layer.") }
    head = description.output.kind.head(
      last.layer.output, description.predictsOnlyLast ? plan.oneStep : plan)
    rows = BatchRows(plan, looksAhead: description.looksAhead)
    sourceRows = description.encoder.map {
      BatchRows(plan.source, looksAhead: $0.looksAhead, isSource: true)
    }
    lastStep = description.predictsOnlyLast ? LastStepRows(plan) : nil
  }
}
