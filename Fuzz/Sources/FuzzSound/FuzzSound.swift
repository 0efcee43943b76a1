import Foundation
import FuzzInput
import RefrainMusic

@main
struct FuzzSound: FuzzTarget {
  static func read(_ input: FuzzInput) {
    input.readFile("sound") { path in
      _ = try SoundFile.tags(path)
      var reader = try SoundReader(path: path)
      var block = [Float](repeating: 0, count: max(4096, reader.channelCount))
      // Packed silence can be of any length.
      for _ in 0..<200 where reader.read(into: &block) == 0 { break }
    }
  }

  static func seeds() throws -> [[UInt8]] {
    try SoundFormat.allCases.map { format in
      let path = FuzzInput.folder + "/seed." + format.rawValue
      let sound = (0..<400).map { sin(Float($0) / 9) / 2 }
      try Recording(sampleRate: 8000, channels: [sound]).write(to: path)
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
  }
}
