import Foundation
import Refrain
import RefrainMusic
import Testing

struct ListeningVerdictTests {
  private let range: ListeningRange

  init() throws {
    var music = SyntheticSound()
    music.melody(seconds: 60)
    range = try #require(
      ListeningRange(stretches: ListeningCurves(music.spectrogram).stretches()))
  }

  private func verdict(_ make: (inout SyntheticSound) -> Void) -> ListeningVerdict {
    var sound = SyntheticSound(seed: 7)
    make(&sound)
    return ListeningVerdict(sound.spectrogram, range: range)
  }

  @Test func otherMusicOfTheKindKeepsWithin() {
    let verdict = verdict { $0.melody(seconds: 30) }
    #expect(verdict.sentence == "keeps within the music's range")
    #expect(verdict.findings.isEmpty && verdict.advice == nil && verdict.seconds == 30)
  }

  @Test func silence() throws {
    let verdict = verdict {
      $0.melody(seconds: 6)
      $0.silence(seconds: 14)
    }
    #expect(verdict.sentence == "falls silent after 6 s")
    #expect(verdict.advice == "raise \(.temperature), or train longer")
    let finding = try #require(verdict.findings.first)
    #expect(finding.start == 6 && finding.end == 20 && finding.lasts && finding.value < -100)
    #expect(self.verdict { $0.silence(seconds: 10) }.sentence == "is silent")
    let rest = self.verdict {
      $0.melody(seconds: 6)
      $0.silence(seconds: 4)
      $0.melody(seconds: 10)
    }
    #expect(rest.sentence == "is silent from 6 s to 10 s")
  }

  @Test func drones() {
    let late = verdict {
      $0.melody(seconds: 12)
      $0.tones([220, 440, 660, 330], seconds: 18)
    }
    #expect(late.sentence == "holds one sound (a drone) from 12 s on")
    let whole = verdict { $0.tones([220, 440, 660, 330], seconds: 10) }
    #expect(whole.sentence == "holds one sound (a drone) throughout")
  }

  @Test func noise() {
    let verdict = verdict { $0.noise(power: 0.02, seconds: 10) }
    #expect(verdict.sentence == "is noise throughout")
    #expect(verdict.advice == "lower \(.temperature), or train longer")
    let late = self.verdict {
      $0.melody(seconds: 10)
      $0.noise(power: 0.02, seconds: 10)
    }
    #expect(late.sentence == "is noise from 10 s on")
  }

  @Test func loudness() {
    let louder = verdict {
      $0.melody(seconds: 8)
      $0.melody(amplitude: 0.4, seconds: 12)
    }
    #expect(louder.sentence.hasPrefix("is louder than the music by 1"))
    #expect(louder.sentence.hasSuffix("from 8 s on"), "\(louder.sentence)")
    let quieter = verdict { $0.melody(amplitude: 0.02, seconds: 10) }
    #expect(quieter.sentence.hasPrefix("is quieter than the music by 1"))
    #expect(quieter.sentence.hasSuffix("dB throughout"))
  }

  @Test func severalFindingsMakeOneSentence() {
    let verdict = verdict {
      $0.melody(seconds: 10)
      $0.tones([220, 440, 660, 330], seconds: 10)
      $0.silence(seconds: 10)
    }
    #expect(
      verdict.sentence == "holds one sound (a drone) from 10 s to 20 s and falls silent after 20 s")
  }

  @Test func tooShortToBeJudged() {
    #expect(verdict { _ in }.sentence == "is too short to be judged")
    #expect(verdict { $0.tones([440], seconds: 0.2) }.sentence == "is too short to be judged")
    #expect(verdict { $0.silence(seconds: 1) }.sentence == "is silent")
  }

  @Test func rangesAreKeptInModelFiles() throws {
    let data = try JSONEncoder().encode(range)
    #expect(try JSONDecoder().decode(ListeningRange.self, from: data) == range)
    #expect(range.energy.lower < range.energy.upper)
    #expect(range.development.lower > 0.1)
  }
}
