internal import Foundation

/// The parts that all pictures are written with.
enum SVG {
  /// A picture of so many pixels.
  static func picture(
    width: Double, height: Double, title: String, style: String, _ lines: [String]
  ) -> String {
    let begin = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
      viewBox="0 0 \(number(width)) \(number(height))" role="img">
      """,
      "<title>\(escaped(title))</title>", style,
    ]
    return (begin + lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  static func text(
    _ content: String, _ x: Double, _ y: Double, _ role: String, anchor: String = "middle",
    turned: Bool = false
  ) -> String {
    let turn = turned ? " transform=\"rotate(-90 \(number(x)) \(number(y)))\"" : ""
    return """
      <text class="\(role)" x="\(number(x))" y="\(number(y))" text-anchor="\(anchor)"\(turn)>\
      \(escaped(content))</text>
      """
  }

  /// Tenths of a pixel, the same text on every system.
  static func number(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
