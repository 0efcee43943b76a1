internal import Foundation

/// How a picture's height stands for pitch.
public enum FrequencyScale: Equatable, Sendable {
  /// Equal heights for equal intervals, as one hears, beginning at a frequency in hertz.
  case logarithmic(from: Double)
  /// Equal heights for equal differences, beginning at 0 hertz.
  case linear
}

/// Where frequencies lie between the bottom, 0, and the top, 1, of a spectrogram's picture.
struct FrequencyAxis {
  private let lowest: Double
  private let highest: Double
  private let isLogarithmic: Bool

  /// An axis up to `highest` hertz. A logarithmic one spans an octave or more.
  init(_ scale: FrequencyScale, highest: Double) {
    self.highest = highest
    switch scale {
    case .linear: (lowest, isLogarithmic) = (0, false)
    case .logarithmic(let from):
      // Not a number and nothing at all become a tenth of a thousandth.
      lowest = min(highest / 2, from > highest * 1e-4 ? from : highest * 1e-4)
      isLogarithmic = true
    }
  }

  /// 0 at the bottom, 1 at the top; outside of both for what is not shown.
  func position(of hertz: Double) -> Double {
    isLogarithmic
      ? log(hertz / lowest) / log(highest / lowest) : (hertz - lowest) / (highest - lowest)
  }

  /// The frequency at a position, in hertz.
  func hertz(at position: Double) -> Double {
    isLogarithmic
      ? lowest * pow(highest / lowest, position) : lowest + position * (highest - lowest)
  }

  /// The marked frequencies in hertz, with their labels.
  var ticks: [Tick] {
    let values =
      isLogarithmic
      ? Tick.logarithmic(lowest...highest)
      : Tick.multiples(of: Tick.step(for: highest, atMost: 8), upTo: highest)
    return values.map { Tick(value: $0, label: Self.label($0)) }
  }

  private static func label(_ hertz: Double) -> String {
    hertz < 1000 ? Tick.number(hertz) + " Hz" : Tick.number(hertz / 1000) + " kHz"
  }
}
