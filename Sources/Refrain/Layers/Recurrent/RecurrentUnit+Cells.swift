extension RecurrentUnit {
  /// The unit of that kind.
  ///
  /// - Parameter cells: the user's own units.
  /// - Throws: ``ModelDescriptionError`` if it is the user's own, and not among them.
  init(_ kind: CellKind, cells: [CustomCell]) throws {
    if let unit = kind.unit {
      self = unit
    } else {
      let name = kind.customName
      guard let cell = cells.first(where: { $0.name == name }) else {
        throw ModelDescriptionError.unknownCell(name ?? kind.description)
      }
      self.init(cell)
    }
  }
}
