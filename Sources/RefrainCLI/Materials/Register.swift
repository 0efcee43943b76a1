import Foundation
import Refrain
import RefrainMusic
import RefrainNotes
import RefrainRuns
import RefrainTables
import RefrainText

/// The materials that the command knows.
enum Register {
  /// All of them; text, which is what nothing else is, first.
  static let materials: [any CommandMaterial.Type] = [
    TextMaterial.self, MusicMaterial.self, NotesMaterial.self, TableMaterial.self,
  ]

  /// What a training learns: what its options ask for, or else what its inputs hold: files by how they begin,
  /// folders by the files in them.
  ///
  /// What is none of these, or is not there, counts as text unless others are something else: reading it will say
  /// what is wrong.
  ///
  /// - Throws: ``Failure`` for several of them together.
  static func material(
    of inputs: [String], _ options: TrainOptions
  ) throws -> any CommandMaterial.Type {
    if let asked = materials.first(where: { $0.isAskedFor(by: options) }) { return asked }
    let found = materials.compactMap { material in
      file(of: material, in: inputs).map { (material: material, file: $0) }
    }
    guard let first = found.first else { return TextMaterial.self }
    if found.count > 1 { throw mixed(first, found[1]) }
    if let text = text(in: inputs, besides: first.material) {
      throw mixed(first, (TextMaterial.self, text))
    }
    return first.material
  }

  /// What a model has learned.
  static func material(of model: ModelFile) -> any CommandMaterial.Type {
    materials.first { model.hasLearned($0) } ?? TextMaterial.self
  }

  /// Refuses inputs that are named and that another material reads.
  ///
  /// - Throws: ``Failure``.
  static func refuseOthers(
    than material: any CommandMaterial.Type, in inputs: [String], of model: String
  ) throws {
    for input in inputs where !material.reads(input, isNamed: true) {
      var other = materials.first { $0.reads(input, isNamed: true) }
      if material != TextMaterial.self, input == "-" || TextFile.looksLikeText(input) {
        other = TextMaterial.self
      }
      guard let other else { continue }
      let name = input == "-" ? "Standard input" : input
      throw Failure(
        "\(name) \(other.predicate), but \(model) is a model of \(material.plural): name "
          + "\(material.files), or a model of \(other.plural).")
    }
  }

  private static func mixed(
    _ one: (material: any CommandMaterial.Type, file: String),
    _ other: (material: any CommandMaterial.Type, file: String)
  ) -> Failure {
    Failure(
      "\(one.file) \(one.material.predicate) and \(other.file) \(other.material.predicate), but a model "
        + "learns only one of the two: name files of one kind, or put them into a folder of their own."
    )
  }

  /// The first file of a material.
  private static func file(
    of material: any CommandMaterial.Type, in inputs: [String]
  ) -> String? {
    inputs.lazy.compactMap { input in
      isFolder(input)
        ? listing(of: material, in: input)?.entries.first?.path
        : material.reads(input, isNamed: true) ? input : nil
    }.first
  }

  private static func listing(
    of material: any CommandMaterial.Type, in folder: String
  ) -> InputListing? {
    try? InputListing([folder]) { path, _ in
      material.reads(path, isNamed: false) ? nil : "it is something else"
    }
  }

  /// A text that would be read if the inputs were text.
  private static func text(
    in inputs: [String], besides material: any CommandMaterial.Type
  ) -> String? {
    if inputs.contains("-") { return "standard input" }
    let others = inputs.flatMap { input in
      isFolder(input)
        ? listing(of: material, in: input)?.skipped.map(\.path).filter { !isAboutOthers($0) } ?? []
        : material.reads(input, isNamed: true) ? [] : [input]
    }
    return others.first(where: TextFile.looksLikeText)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Whether a file's name says that it is about the files beside it: nobody wants to learn from a
  /// licence or a list of titles, and they come with many collections of music.
  private static func isAboutOthers(_ path: String) -> Bool {
    let name = URL(fileURLWithPath: path).lastPathComponent.lowercased()
    let names = ["readme", "license", "licence", "copying", "credits", "notice", "changelog"]
    let lists = ["m3u", "m3u8", "pls", "cue", "nfo", "log", "md5", "sha256"]
    return names.contains { name.hasPrefix($0) } || lists.contains { name.hasSuffix("." + $0) }
  }
}
