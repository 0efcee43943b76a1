internal import Foundation
internal import Refrain
internal import RefrainRuns

/// What of a file is no UTF-8.
struct UnreadableText {
  /// The part of its characters, 0 to 1.
  let share: Double
  /// The first line with one, counted from 1.
  let line: Int

  /// A larger part means another encoding: what is learned would be made of U+FFFD.
  static let mostShare = 0.01

  /// - Returns: nil where everything is UTF-8.
  /// - Throws: `InputFileError`.
  init?(inFileAt path: String) throws {
    let data: Data
    do { data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped) } catch {
      throw InputFileError.unreadable(path: path, reason: systemReason())
    }
    var counts = ScalarCounts(stride: data.count + 1)
    var found = ScalarCounts.Document()
    var (line, first) = (0, 0)
    data.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        line += 1
        // No sequence goes on beyond a line break.
        let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
        let part = UnsafeRawBufferPointer(rebasing: rest[..<end])
        _ = counts.count(part.bindMemory(to: UInt8.self).span, isLast: true, in: &found)
        if found.invalid > 0, first == 0 { first = line }
        rest = rest[end...]
      }
    }
    if found.invalid == 0 { return nil }
    share = Double(found.invalid) / Double(max(found.tokens, 1))
    self.line = first
  }
}

extension TextCorpus {
  /// Refuses files that are text in another encoding than UTF-8.
  ///
  /// - Parameter spoolFolder: where the copies of inputs lie that could be read only once.
  /// - Throws: ``TextInputError/otherEncoding(path:line:share:)``.
  func checkEncoding(spoolFolder: String) throws {
    if report.invalidSequences == 0 || vocabulary.tokenKind == .byte { return }
    for document in manifest.documents {
      let path = document.copyOf == nil ? document.path : spoolFolder + "/" + document.path
      guard let unreadable = try UnreadableText(inFileAt: path),
        unreadable.share > UnreadableText.mostShare
      else { continue }
      throw TextInputError.otherEncoding(
        path: document.copyOf ?? document.path, line: unreadable.line, share: unreadable.share)
    }
  }
}
