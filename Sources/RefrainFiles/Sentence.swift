/// A sentence for a person that may name settings.
///
/// A library names a setting by its property. A program that has other names for its settings, as a
/// command has its options, uses ``text(naming:)``.
public struct Sentence: ExpressibleByStringInterpolation, CustomStringConvertible, Equatable,
  Sendable
{
  /// Something that a caller has chosen, or could choose.
  public enum Setting: String, CaseIterable, Sendable {
    // Each is called as the property of a request or an argument that sets it.
    case batchSize, bidirectional, cell, clip, components, dropout, embedding, from, grid, hidden
    case hop, layers, learningRate, minutes, moved, plan, promptAudio, sampleRate, schedule,
      sequenceLength
    case startFrom, stereo, temperature, to, tokens, validation, warmup, window
    // What a caller can do instead.
    case resume, train
  }

  // Before, between and after the settings.
  private var texts: [String]
  private var settings: [Setting]

  /// A sentence without settings.
  public init(stringLiteral text: String) { (texts, settings) = ([text], []) }

  /// The sentence of a literal such as `"leave out \(.tokens)"`.
  public init(stringInterpolation parts: StringInterpolation) {
    (texts, settings) = (parts.texts, parts.settings)
  }

  /// The parts of a literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var texts = [""]
    fileprivate var settings: [Setting] = []

    /// No parts yet.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds text.
    public mutating func appendLiteral(_ text: String) { texts[texts.count - 1] += text }

    /// Adds a value as `String` does.
    public mutating func appendInterpolation<Value>(_ value: Value) { appendLiteral("\(value)") }

    /// Adds a setting.
    public mutating func appendInterpolation(_ setting: Setting) {
      settings.append(setting)
      texts.append("")
    }
  }

  /// One sentence made of two parts.
  public static func + (first: Sentence, second: Sentence) -> Sentence {
    var sum = first
    sum.texts[sum.texts.count - 1] += second.texts[0]
    sum.texts += second.texts.dropFirst()
    sum.settings += second.settings
    return sum
  }

  /// The sentence with each setting called as `name` says.
  public func text(naming name: (Setting) -> String) -> String {
    texts[0] + zip(settings, texts.dropFirst()).map { name($0) + $1 }.joined()
  }

  /// The sentence with each setting called by its property, in backquotes.
  public var description: String { text { "`\($0.rawValue)`" } }
}

/// An error that is a ``Sentence``.
public protocol SentenceError: Error, CustomStringConvertible {
  /// What was wrong, and what to do.
  var sentence: Sentence { get }
}

extension SentenceError {
  /// The sentence, with settings called by their properties.
  public var description: String { sentence.description }
}
