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
    #expect(scale.held([.nan, .nan, .nan]) == silence)
    #expect(scale.held([-.infinity, -1e30, silence[2] - 1]) == silence)
    #expect(scale.held([.infinity, 1e30, most[2] + 1]) == most)
    let inside = scale.values(of: [1, 0.2, 100])
    #expect(scale.held(inside) == inside)
  }
}
