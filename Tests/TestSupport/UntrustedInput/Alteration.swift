/// Files that were whole once, altered as disks, editors, networks and attackers alter them; the same
/// in every run.
package struct Alteration {
  private var random: ReferenceRandom

  /// The alterations that `seed` begins.
  package init(seed: UInt64) { random = ReferenceRandom(seed: seed) }

  /// `whole` with one to four alterations, never the same bytes.
  package mutating func next(_ whole: [UInt8]) -> [UInt8] {
    precondition(!whole.isEmpty, "nothing can be altered in no bytes")
    while true {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) { alter(&bytes) }
      if bytes != whole { return bytes }
    }
  }

  /// `whole` with one bit turned over.
  package mutating func flippedBit(_ whole: [UInt8]) -> [UInt8] {
    var bytes = whole
    bytes[.random(in: whole.indices, using: &random)] ^=
      1 << UInt8.random(in: 0..<8, using: &random)
    return bytes
  }

  private mutating func alter(_ bytes: inout [UInt8]) {
    switch Int.random(in: 0..<9, using: &random) {
    case 0, 1:
      guard let place = self.place(in: bytes) else { return }
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2:
      guard let place = self.place(in: bytes) else { return }
      bytes[place] = Self.likely.randomElement(using: &random)!
    case 3: bytes.removeSubrange(part(of: bytes))
    case 4: bytes.removeLast(.random(in: 0...bytes.count, using: &random))
    case 5:
      let drawn = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      bytes.insert(contentsOf: drawn, at: .random(in: 0...bytes.count, using: &random))
    case 6:
      let doubled = part(of: bytes)
      bytes.insert(contentsOf: Array(bytes[doubled]), at: doubled.upperBound)
    case 7: swapSections(of: &bytes)
    default: writeLength(into: &bytes)
    }
  }

  /// What headers, numbers and texts are told apart by.
  private static let likely: [UInt8] =
    [0, 1, 0x7F, 0x80, 0xFE, 0xFF] + Array("0123456789-.eE\"\\,:;[]{}\n\r\t ".utf8)

  /// A place, half of the time among the first bytes, where files say what they are.
  private mutating func place(in bytes: [UInt8]) -> Int? {
    let isEarly = Bool.random(using: &random)
    return bytes.indices.prefix(isEarly ? 64 : bytes.count).randomElement(using: &random)
  }

  private mutating func part(of bytes: [UInt8]) -> Range<Int> {
    let first = Int.random(in: 0...bytes.count, using: &random)
    let second = Int.random(in: 0...bytes.count, using: &random)
    return min(first, second)..<max(first, second)
  }

  private mutating func swapSections(of bytes: inout [UInt8]) {
    let (first, second) = (part(of: bytes), part(of: bytes))
    guard first.upperBound <= second.lowerBound else { return }
    let between = bytes[first.upperBound..<second.lowerBound]
    let swapped = Array(bytes[second] + between + bytes[first])
    bytes.replaceSubrange(first.lowerBound..<second.upperBound, with: swapped)
  }

  /// Writes a number over some bytes, as a length in a header would stand there.
  private mutating func writeLength(into bytes: inout [UInt8]) {
    let size = [2, 4, 8].randomElement(using: &random)!
    guard bytes.count >= size, let place = self.place(in: bytes), place + size <= bytes.count else {
      return
    }
    let numbers: [UInt64] = [
      0, 1, UInt64(bytes.count), UInt64(bytes.count) + 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
      1 << 40, 1 << 63, .max, .random(in: 0...UInt64(2 * bytes.count), using: &random),
    ]
    let number = numbers.randomElement(using: &random)!
    let digits = (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    bytes.replaceSubrange(
      place..<place + size, with: Bool.random(using: &random) ? digits : digits.reversed())
  }
}
