/// Questions to a file of text, short of reading it.
public enum TextFile {
  /// Whether a training on text would read the file at `path`: text as it is, or compressed.
  ///
  /// False for what is no file, is empty or cannot be read.
  public static func looksLikeText(_ path: String) -> Bool {
    guard let file = try? ReadableFile(path: path), file.status.size > 0,
      let beginning = try? file.beginning(TextKind.beginning)
    else { return false }
    return TextKind(beginning: beginning) != .binary
  }
}
