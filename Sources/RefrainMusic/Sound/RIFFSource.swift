internal import CSndfile
internal import Foundation
internal import Refrain

/// A file of the RIFF family as libsndfile gets to read it: while it opens the file, every list of
/// texts is called junk.
///
/// Lengths in such a list that do not fit keep libsndfile reading for ever
/// (https://github.com/libsndfile/libsndfile/issues/1118). ``SoundChunks`` has the texts.
final class RIFFSource {
  /// Whether the lists are still hidden: samples may be the same four bytes.
  var hidesLists = true
  private let file: ByteFile
  /// Where the file's own beginning is: behind the tags.
  private let start: Int
  /// Counted from `start`.
  private var position = 0

  /// Nil for files of other kinds.
  ///
  /// - Parameter start: where `file` begins.
  init?(_ file: ByteFile, from start: Int) throws {
    guard file.size >= start + 4 else { return nil }
    let kind = String(decoding: try file.read(at: start, count: 4), as: UTF8.self)
    guard ["RIFF", "RIFX", "RF64"].contains(kind) else { return nil }
    (self.file, self.start) = (file, start)
  }

  private var size: Int { file.size - start }

  /// Opens the file in libsndfile; the source has to live as long as what comes back.
  func open(_ info: inout SF_INFO) -> OpaquePointer? {
    var callbacks = SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(RIFFSource.of($0).size) },
      seek: { sf_count_t(RIFFSource.of($2).seek(Int($0), from: $1)) },
      read: { sf_count_t(RIFFSource.of($2).read(into: $0, count: Int($1))) },
      write: { _, _, _ in 0 },
      tell: { sf_count_t(RIFFSource.of($0).position) })
    return sf_open_virtual(
      &callbacks, Int32(SFM_READ), &info, Unmanaged.passUnretained(self).toOpaque())
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> RIFFSource {
    Unmanaged<RIFFSource>.fromOpaque(pointer!).takeUnretainedValue()
  }

  private func seek(_ offset: Int, from origin: Int32) -> Int {
    let base =
      switch origin {
      case SEEK_CUR: position
      case SEEK_END: size
      default: 0
      }
    let (target, overflow) = base.addingReportingOverflow(offset)
    guard !overflow, target >= 0 else { return -1 }
    position = target
    return target
  }

  private func read(into target: UnsafeMutableRawPointer?, count: Int) -> Int {
    guard let target, count > 0, position < size else { return 0 }
    let range = position..<(position + min(count, size - position))
    // A name may begin before what is read, or end after it.
    let margin = hidesLists ? Self.list.count - 1 : 0
    let wider = max(range.lowerBound - margin, 0)..<min(range.upperBound + margin, size)
    guard var bytes = try? file.read(at: start + wider.lowerBound, count: wider.count) else {
      return 0
    }
    if hidesLists { Self.hideLists(in: &bytes) }
    bytes.withUnsafeBytes {
      target.copyMemory(
        from: $0.baseAddress! + (range.lowerBound - wider.lowerBound), byteCount: range.count)
    }
    position = range.upperBound
    return range.count
  }

  private static let list = Array("LIST".utf8)
  private static let junk = Array("JUNK".utf8)

  private static func hideLists(in bytes: inout [UInt8]) {
    guard bytes.count >= list.count else { return }
    for start in 0...(bytes.count - list.count)
    where bytes[start] == list[0] && bytes[start...].starts(with: list) {
      bytes.replaceSubrange(start..<(start + list.count), with: junk)
    }
  }
}
