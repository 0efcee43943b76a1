import Foundation
import RefrainMusic
import RefrainText

/// What the inputs of a command hold.
enum InputKind: String, Sendable {
  case text
  case sound

  /// What `inputs` hold: files by how they begin, folders by the files in them.
  ///
  /// What is neither, or is not there, counts as text unless others are sound: reading it will say
  /// what is wrong.
  ///
  /// - Throws: ``Failure`` for text and sound together.
  init(of inputs: [String]) throws {
    guard let sound = inputs.lazy.compactMap(Self.sound).first else {
      self = .text
      return
    }
    if let text = Self.text(in: inputs, beside: sound) {
      throw Failure(
        "\(sound) is sound and \(text) is text, and a model learns one of them: name only the "
          + "files of the one, or put them into a folder of their own.")
    }
    self = .sound
  }

  /// The first sound file in an input.
  private static func sound(in input: String) -> String? {
    if input == "-" { return nil }
    if isFolder(input) { return (try? SoundListing([input]))?.entries.first?.path }
    return SoundFile.looksLikeSound(input) ? input : nil
  }

  /// A text that would be read if the inputs were text.
  private static func text(in inputs: [String], beside sound: String) -> String? {
    if inputs.contains("-") { return "standard input" }
    let folders = inputs.filter(isFolder)
    let files = inputs.filter { !isFolder($0) && !SoundFile.looksLikeSound($0) }
    let beside = (try? SoundListing(folders + [sound]))?.skipped.map(\.path) ?? []
    return (files + beside.filter { !isAboutOthers($0) }).first(where: TextFile.looksLikeText)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Whether a file's name says that it is about the files beside it: nobody wants to learn from a
  /// licence or a list of titles, and they come with many collections of sound.
  private static func isAboutOthers(_ path: String) -> Bool {
    let name = URL(fileURLWithPath: path).lastPathComponent.lowercased()
    let notes = ["readme", "license", "licence", "copying", "credits", "notice", "changelog"]
    let lists = ["m3u", "m3u8", "pls", "cue", "nfo", "log", "md5", "sha256"]
    return notes.contains { name.hasPrefix($0) } || lists.contains { name.hasSuffix("." + $0) }
  }
}
