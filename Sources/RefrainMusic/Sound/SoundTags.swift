internal import Foundation

/// What a sound file says about itself in words.
public struct SoundTags: Codable, Equatable, Sendable {
  /// The longest comment, in bytes: what libsndfile can still read from an AIFF file.
  public static let longestComment = 8_000

  /// For people. An MP3 file keeps the characters of Latin-1; others become `?` there.
  public var title: String?
  /// For programs, of ASCII, at most ``longestComment`` long; every format keeps it as it is.
  public var comment: String?

  /// - Parameters:
  ///   - title: for people.
  ///   - comment: for programs; see ``json(_:)``.
  public init(title: String? = nil, comment: String? = nil) {
    self.title = title
    self.comment = comment
  }

  /// `value` as JSON in ASCII, fit for a comment; the same value gives the same text.
  ///
  /// - Throws: what `value` throws while it is encoded.
  public static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(value), as: UTF8.self)
    var ascii = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        ascii.unicodeScalars.append(scalar)
      } else {
        for codeUnit in UTF16.encode(scalar)! {
          let digits = String(codeUnit, radix: 16)
          ascii += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return ascii
  }

  var hasSuitableComment: Bool {
    let bytes = comment?.utf8 ?? "".utf8
    return bytes.count <= Self.longestComment && bytes.allSatisfy { $0 > 0 && $0 < 0x80 }
  }
}
