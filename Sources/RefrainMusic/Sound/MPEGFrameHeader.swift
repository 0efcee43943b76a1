/// The four bytes before each frame of an MP3 (or MP2, or MP1).
struct MPEGFrameHeader: Equatable {
  /// 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5.
  private let version: Int
  /// 1 to 3.
  private let layer: Int
  private let sampleRate: Int
  /// Bytes from this header to the next.
  private let length: Int

  /// Nil where these bytes are no such header, or do not say how long the frame is.
  private init?(_ bytes: ArraySlice<UInt8>) {
    let header = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count >= 4, header >> 21 == 0x7FF else { return nil }
    let (version, layer) = (header >> 19 & 3, 4 - (header >> 17 & 3))
    let (rateIndex, speedIndex) = (header >> 12 & 15, header >> 10 & 3)
    guard version != 1, layer != 4, (1...14).contains(rateIndex), speedIndex != 3
    else { return nil }
    self.version = version
    self.layer = layer
    sampleRate = [44_100, 48_000, 32_000][speedIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2)
    let bits = 1000 * Self.kilobits(version: version, layer: layer)[rateIndex - 1]
    let padding = header >> 9 & 1
    length =
      switch layer {
      case 1: (12 * bits / sampleRate + padding) * 4
      case 3 where version != 3: 72 * bits / sampleRate + padding
      default: 144 * bits / sampleRate + padding
      }
  }

  /// Whether `bytes`, the beginning of a file, begin with a frame after which another one follows.
  ///
  /// One header alone proves nothing: text in UTF-16 begins with bytes that could be one.
  static func begins(_ bytes: [UInt8]) -> Bool {
    guard let first = Self(bytes[...]), first.length < bytes.count,
      let second = Self(bytes[first.length...])
    else { return false }
    return first.version == second.version && first.layer == second.layer
      && first.sampleRate == second.sampleRate
  }

  private static func kilobits(version: Int, layer: Int) -> [Int] {
    switch (version, layer) {
    case (3, 1): (1...14).map { 32 * $0 }
    case (3, 2): [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384]
    case (3, _): [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
    case (_, 1): [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256]
    default: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
    }
  }
}
