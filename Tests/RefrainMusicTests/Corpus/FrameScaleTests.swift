import Foundation
import Refrain
import RefrainMusic
import Testing

struct FrameScaleTests {
  private func scale(_ kind: FrameScale.Kind) -> FrameScale {
    FrameScale(
      kind: kind, floor: 0.01, means: [0, -2, 3], deviations: [1, 0.25, 2],
      greatest: [10, 0.5, 200])
  }

  @Test(arguments: [FrameScale.Kind.linear, .logarithmic])
  func magnitudesComeBack(_ kind: FrameScale.Kind) {
    let scale = scale(kind)
    for magnitudes: [Float] in [[1, 0.1, 30], [0.02, 0.5, 100], [10, 0.01, 0.5]] {
      let back = scale.magnitudes(of: scale.values(of: magnitudes))
      for (new, old) in zip(back, magnitudes) { #expect(abs(new / old - 1) < 1e-3) }
    }
    #expect(scale.magnitudes(of: scale.values(of: [0, 0, 0])).allSatisfy { $0 >= 0 && $0 < 1e-5 })
    #expect(scale.magnitudes(of: [-.infinity, -1e30, -5]).allSatisfy { $0 >= 0 && $0 < 0.01 })
  }

  @Test func logarithmsAreNormalised() {
    let values = scale(.logarithmic).values(of: [0.99, 0.99, 0.99])
    #expect(values.largestDifference(to: [0, 8, -1.5]) < 1e-4)
    #expect(scale(.linear).values(of: [1, 2, 3]) == [1, 2, 3])
    #expect(scale(.linear).normalised([0.99, 0.99, 0.99]) == values)
  }

  @Test(arguments: [FrameScale.Kind.linear, .logarithmic])
  func whatIsHeldCanBeRead(_ kind: FrameScale.Kind) {
    let scale = scale(kind)
    let silence = scale.values(of: [0, 0, 0])
    let most = scale.values(of: scale.greatest)
    #expect(scale.heldMagnitudes(of: [.nan, .nan, .nan]) == [0, 0, 0])
    #expect(scale.heldMagnitudes(of: [-.infinity, -1e30, silence[2] - 1]) == [0, 0, 0])
    #expect(scale.heldMagnitudes(of: [.infinity, 1e30, most[2] + 1]) == scale.greatest)
    let inside = scale.values(of: [1, 0.2, 100])
    #expect(scale.heldMagnitudes(of: inside) == scale.magnitudes(of: inside))
  }

  @Test(arguments: [FrameScale.Kind.linear, .logarithmic])
  func leftAndRightComeBack(_ kind: FrameScale.Kind) {
    let scale = FrameScale(
      kind: kind, channels: 2, floor: 0.01, means: [0, -2, 0.5, 0.1],
      deviations: [1, 2, 0.5, 0.25], greatest: [10, 20, 30, 40])
    // Two bins of the left, two of the right: what is on one side only, and what is louder there.
    for magnitudes: [Float] in [[1, 2, 1, 2], [4, 0.5, 0, 8], [0, 0, 0, 3]] {
      let back = scale.magnitudes(of: scale.values(of: magnitudes))
      for (new, old) in zip(back, magnitudes) { #expect(abs(new - old) < 1e-3 * (old + 1)) }
    }
    // What is alike on both sides has nothing at its side but the mean's share.
    let alike = scale.values(of: [3, 4, 3, 4])
    let nothing: [Float] = kind == .linear ? [0, 0] : [-1, -0.4]
    #expect(Array(alike[2...]).largestDifference(to: nothing) < 1e-5)
    let held = scale.heldMagnitudes(of: [9e9, 9e9, 0, 0])
    #expect(zip(held, scale.greatest).allSatisfy { $0 <= $1 })
  }

  /// Models of the first versions say nothing of channels.
  @Test func anOldScaleIsMono() throws {
    let old = #"{"kind":"linear","floor":1,"means":[0],"deviations":[1],"greatest":[2]}"#
    let scale = try JSONDecoder().decode(FrameScale.self, from: Data(old.utf8))
    #expect(scale.channels == 1 && scale.greatest == [2])
    let again = try JSONDecoder().decode(FrameScale.self, from: JSONEncoder().encode(scale))
    #expect(again == scale)
  }
}
