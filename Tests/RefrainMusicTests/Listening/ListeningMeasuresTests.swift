import Foundation
import RefrainMusic
import Testing

struct ListeningMeasuresTests {
  private func measures(_ make: (inout SyntheticSound) -> Void) -> ListeningMeasures {
    var sound = SyntheticSound()
    make(&sound)
    let curves = ListeningCurves(sound.spectrogram)
    return curves.measures(of: 0..<curves.frameCount)
  }

  @Test func dronesMelodiesAndNoiseLieInThatOrder() {
    let drone = measures { $0.tones([220, 330, 440], seconds: 5) }
    let melody = measures { $0.melody(seconds: 5) }
    let noise = measures { $0.noise(seconds: 5) }
    #expect(drone.flatness < 0.01 && melody.flatness < 0.05 && noise.flatness > 0.5)
    #expect(drone.novelty < 0.001)
    #expect(melody.novelty > 0.02 && melody.novelty < 0.4)
    #expect(noise.novelty > 0.9)
    #expect(drone.slowNovelty < 0.001)
    #expect(melody.slowNovelty > 0.3 && melody.slowNovelty < 0.9)
    #expect(noise.slowNovelty > 0.9)
    #expect(abs(drone.development) < 0.001 && melody.development > 0.2)
  }

  @Test func energyIsThatOfTheSamples() {
    // A full-scale sine has half of full scale's power; noise has what it was given.
    let sine = measures { $0.tones([1000], amplitude: 1, seconds: 1) }
    #expect(abs(sine.energy + 3.01) < 0.05)
    #expect(abs(measures { $0.noise(power: 0.01, seconds: 2) }.energy + 20) < 0.1)
    let half = measures {
      $0.tones([1000], amplitude: 1, seconds: 1)
      $0.silence(seconds: 1)
    }
    #expect(abs(half.energy + 6.02) < 0.05)
    // Silence does not pass for a drone's calm: it is left out of the other means.
    #expect(abs(half.flatness - sine.flatness) < 1e-6)
  }

  @Test func silenceAndWrongValuesAreMeasuredToo() {
    let silence = measures { $0.silence(seconds: 1) }
    #expect(silence.energy == -120 && silence.flatness == 0)
    #expect(silence.novelty == 0 && silence.slowNovelty == 0)
    var sound = SyntheticSound()
    sound.tones([500], seconds: 1)
    let calm = sound.spectrogram
    var broken = calm
    broken.magnitudes[70] = .nan
    broken.magnitudes[80] = .infinity
    let curves = ListeningCurves(broken)
    let values = curves.energy + curves.flatness + curves.novelty + curves.slowNovelty
    #expect(values.allSatisfy { $0.isFinite })
    #expect(abs(curves.energy[0] - ListeningCurves(calm).energy[0]) < 0.5)
    let nothing = ListeningCurves(Spectrogram(settings: SpectrogramSettings(), magnitudes: []))
    #expect(nothing.frameCount == 0 && nothing.stretches().isEmpty)
    #expect(ListeningRange(stretches: [silence]) == nil)
  }

  @Test func stretchesOfFiveSeconds() {
    var sound = SyntheticSound()
    sound.tones([500], amplitude: 0.1, seconds: 5)
    sound.tones([500], amplitude: 0.01, seconds: 5)
    sound.tones([500], amplitude: 1, seconds: 2)
    let stretches = ListeningCurves(sound.spectrogram).stretches()
    #expect(stretches.map { ($0.energy * 10).rounded() / 10 } == [-23, -43])
    #expect(ListeningCurves(sound.spectrogram).stretches(seconds: 1).count == 12)
  }
}
