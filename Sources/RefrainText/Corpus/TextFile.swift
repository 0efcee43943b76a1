internal import Foundation
internal import Refrain
internal import RefrainRuns

/// A file of text by itself, short of a ``TextCorpus``.
public enum TextFile {
  /// Bytes that ``read(_:standardInput:)`` reads at most.
  public static let mostBytes = 1 << 26

  /// The text of a file as a training would read it: decompressed, from UTF-8 or UTF-16, without a byte-order
  /// mark.
  ///
  /// - Parameters:
  ///   - path: the file; `-` for standard input.
  ///   - standardInput: the descriptor that `-` reads.
  /// - Throws: ``TextInputError`` and `InputFileError`.
  public static func read(_ path: String, standardInput: Int32 = 0) throws -> String {
    let isStandardInput = path == InputListing.standardInput
    let name = isStandardInput ? standardInputName : path
    let file = try isStandardInput ? nil : ReadableFile(path: path)
    defer { withExtendedLifetime(file) {} }
    let source = try TextSource(
      descriptorSource(file?.descriptor ?? standardInput, name: name), tokenKind: .character,
      name: name)
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while case let count = try block.withUnsafeMutableBytes({ try source.read($0) }), count > 0 {
      text += block.prefix(count)
      if text.count > mostBytes { throw TextInputError.tooLong(path: name, bytes: mostBytes) }
    }
    return String(
      decoding: text.starts(with: byteOrderMark) ? text.dropFirst(3) : text[...], as: UTF8.self)
  }

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
