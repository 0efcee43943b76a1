import Refrain

extension TrainOptions {
  /// Checks every value by itself.
  ///
  /// - Throws: ``UsageError`` that names the option.
  func check() throws {
    for option in TrainOption.all { try option.check(self) }
  }

  /// Refuses options that mean nothing for what is learned.
  ///
  /// - Parameter subject: what that is, such as `poems.txt is text`.
  func checkMeaning(for material: any CommandMaterial.Type, _ subject: String) throws {
    for option in TrainOption.all where option.value(self) != nil {
      let materials = option.materials
      if materials.isEmpty || materials.contains(where: { $0 == material }) { continue }
      let all = materials.map { $0.plural }.listed
      throw UsageError("--\(option.name) is for \(all), and \(subject); leave it out.")
    }
    if let cell = model.cell, cell.kind == nil, !material.takesNonrecurrentUnits {
      throw UsageError(
        "--cell \(cell.rawValue) is for text and tables, and \(subject); take a recurrent unit, such as "
          + "lstm.")
    }
  }

  /// The first of these options that is given.
  func given(of names: Set<String>) -> String? {
    TrainOption.all.first { names.contains($0.name) && $0.value(self) != nil }?.name
  }
}
