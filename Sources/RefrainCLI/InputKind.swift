import Foundation
import Refrain
import RefrainMusic
import RefrainTables
import RefrainText

/// What the inputs of a command hold, or what a model has learned.
enum InputKind: String, Sendable {
  case text
  case sound
  case notes
  case table

  /// What `inputs` hold: files by how they begin, folders by the files in them.
  ///
  /// What is none of these, or is not there, counts as text unless others are sound or notes: reading it
  /// will say what is wrong.
  ///
  /// - Throws: ``Failure`` for several of them together.
  init(of inputs: [String]) throws {
    let sound = inputs.lazy.compactMap(Self.sound).first
    let notes = inputs.lazy.compactMap(Self.notes).first
    if let sound, let notes { throw Self.mixed(sound, .sound, notes, .notes) }
    if let sound, let text = Self.text(in: inputs, beside: sound) {
      throw Self.mixed(sound, .sound, text, .text)
    }
    if let notes, let text = Self.text(in: inputs, besideNotes: notes) {
      throw Self.mixed(notes, .notes, text, .text)
    }
    self = sound != nil ? .sound : notes != nil ? .notes : .text
  }

  /// What a model has learned.
  init(of model: ModelFile) {
    self =
      model.isMusic ? .sound : model.isNotes ? .notes : model.isTable ? .table : .text
  }

  /// What models of it are models of.
  var material: String {
    switch self {
    case .text: "text"
    case .sound: "music"
    case .notes: "notes"
    case .table: "tables"
    }
  }

  /// What is said of a file: `is sound`.
  var predicate: String {
    switch self {
    case .text, .sound: "is " + rawValue
    case .notes: "holds notes"
    case .table: "is a table"
    }
  }

  private static func mixed(
    _ one: String, _ kind: InputKind, _ other: String, _ otherKind: InputKind
  ) -> Failure {
    Failure(
      "\(one) \(kind.predicate) and \(other) \(otherKind.predicate), and a model learns one of them: "
        + "name only the files of the one, or put them into a folder of their own.")
  }

  /// The first sound file in an input.
  private static func sound(in input: String) -> String? {
    if input == "-" { return nil }
    if isFolder(input) { return (try? SoundListing([input]))?.entries.first?.path }
    return SoundFile.looksLikeSound(input) ? input : nil
  }

  /// The first file of notes in an input.
  private static func notes(in input: String) -> String? {
    input == "-" ? nil : (try? NotesListing([input]))?.entries.first?.path
  }

  /// A text that would be read if the inputs were text.
  private static func text(in inputs: [String], beside sound: String) -> String? {
    let folders = inputs.filter(isFolder)
    let files = inputs.filter { !isFolder($0) && !SoundFile.looksLikeSound($0) }
    let beside = (try? SoundListing(folders + [sound]))?.skipped.map(\.path) ?? []
    return firstText(inputs, named: files, beside: beside)
  }

  /// The same, where they hold notes.
  private static func text(in inputs: [String], besideNotes notes: String) -> String? {
    let folders = inputs.filter(isFolder)
    let files = inputs.filter { !isFolder($0) && NotesListing.kind(ofFileAt: $0) == nil }
    let beside = folders.flatMap { (try? NotesListing([$0]))?.others ?? [] }
    return firstText(inputs, named: files, beside: beside)
  }

  private static func firstText(
    _ inputs: [String], named files: [String], beside: [String]
  ) -> String? {
    if inputs.contains("-") { return "standard input" }
    return (files + beside.filter { !isAboutOthers($0) }).first(where: TextFile.looksLikeText)
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
    let notes = ["readme", "license", "licence", "copying", "credits", "notice", "changelog"]
    let lists = ["m3u", "m3u8", "pls", "cue", "nfo", "log", "md5", "sha256"]
    return notes.contains { name.hasPrefix($0) } || lists.contains { name.hasSuffix("." + $0) }
  }
}
