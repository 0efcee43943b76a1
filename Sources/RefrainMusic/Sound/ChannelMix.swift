/// Which channels of a file are averaged into each channel that is wanted.
struct ChannelMix {
  /// For each channel that is wanted, the file's channels.
  private let sources: [[Int]]
  private let inputCount: Int

  var outputCount: Int { sources.count }

  /// - Parameter isOgg: whether the channels stand in the order of Ogg.
  init(channels: Int, isOgg: Bool, to layout: ChannelLayout) {
    inputCount = channels
    switch layout {
    case .mono: sources = [Array(0..<channels)]
    case .stereo:
      let sides = Self.sides(channels, isOgg: isOgg)
      sources = ["L", "R"].map { side in
        (0..<channels).filter { sides[$0] == side || sides[$0] == "C" }
      }
    }
  }

  /// Replaces `samples` by the channels that are wanted.
  ///
  /// - Parameters:
  ///   - samples: `[frames, channels]`
  ///   - mixed: `[frames, outputCount]`; what it held is gone.
  func mix(_ samples: [Float], frames: Int, into mixed: inout [Float]) {
    mixed.removeAll(keepingCapacity: true)
    let scales = sources.map { 1 / Float($0.count) }
    for frame in 0..<frames {
      for (output, channels) in sources.enumerated() {
        var sum: Float = 0
        for channel in channels { sum += samples[frame * inputCount + channel] }
        mixed.append(channels.count == 1 ? sum : sum * scales[output])
      }
    }
  }

  /// Where each channel stands: L left, R right, C in the middle, x below hearing where it is.
  private static func sides(_ channels: Int, isOgg: Bool) -> [Character] {
    switch (channels, isOgg) {
    case (1, _): Array("C")
    case (2, _): Array("LR")
    case (3, false): Array("LRC")
    case (3, true): Array("LCR")
    case (4, _): Array("LRLR")
    case (5, false): Array("LRCLR")
    case (5, true): Array("LCRLR")
    case (6, false): Array("LRCxLR")
    case (6, true): Array("LCRLRx")
    case (7, false): Array("LRCxCLR")
    case (7, true): Array("LCRLRCx")
    case (8, false): Array("LRCxLRLR")
    case (8, true): Array("LCRLRLRx")
    // Nobody has named so many: taken in pairs.
    default: (0..<channels).map { $0.isMultiple(of: 2) ? "L" : "R" }
    }
  }
}
