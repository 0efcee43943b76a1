import RefrainFiles
import Testing

extension FileTests {
  @Suite("Hash")
  struct FileHashTests {
    @Test func emptyHashIsXXH3s() {
      #expect(FileHash(of: []).hex == "99aa06d3014798d86001c324468d497f")
    }

    @Test func hexIsReadBack() {
      let hash = FileHash(high: 1, low: 0xFEDC_BA98_7654_3210)
      #expect(hash.hex == "0000000000000001fedcba9876543210")
      #expect(FileHash(hex: hash.hex) == hash)
    }

    @Test(arguments: [
      "", "0", "0000000000000001FEDCBA9876543210", "+000000000000001fedcba987654321g",
    ])
    func otherTextIsNoHash(text: String) {
      #expect(FileHash(hex: text) == nil)
    }

    @Test(arguments: [0, 1, 16, 17, 240, 241, 1024, 5000])
    func piecesMakeNoDifference(count: Int) {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
      var hasher = FileHash.Hasher()
      var rest = bytes[...]
      var length = 0
      while !rest.isEmpty {
        hasher.update(rest.prefix(length))
        rest = rest.dropFirst(length)
        length += 1
      }
      #expect(hasher.hash == FileHash(of: bytes))
    }
  }
}
