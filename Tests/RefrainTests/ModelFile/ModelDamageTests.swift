import Foundation
import Refrain
import TestSupport
import Testing

extension ModelFileTests {
  /// Model files that are wrong in one way each.
  @Suite("Damage to model files")
  struct ModelDamageTests {
    /// The error of reading `bytes`; nil if they can be read.
    private func error(_ bytes: [UInt8]) throws -> (any Error)? {
      try withTemporaryFolder { folder in
        try Data(bytes).write(to: URL(filePath: folder + "/model"))
        do { _ = try ModelFile(contentsOf: folder + "/model") } catch { return error }
        return nil
      }
    }

    /// The sentence that comes of a file that was whole until `change`, with a hash that is right.
    private func sentence(_ change: (inout SafeTensors) -> Void) throws -> String {
      var file = try SafeTensors(bytes: ModelFileTests.model().encoded(), path: "file")
      change(&file)
      let error = try #require(try error(file.encoded(hashed: true)))
      return "\(error)"
    }

    @Test func everyAlteredByteIsNoticed() throws {
      let whole = try ModelFileTests.model().encoded()
      #expect(try error(whole) == nil)
      for place in whole.indices {
        var altered = whole
        altered[place] ^= UInt8(1 << (place % 8))
        #expect(try error(altered) != nil, "byte \(place)")
      }
    }

    @Test func everyLostTailIsNoticed() throws {
      let whole = try ModelFileTests.model().encoded()
      for count in whole.indices { #expect(try error(Array(whole[..<count])) != nil) }
    }

    @Test func partsThatAreMissingOrDoNotFitAreNamed() throws {
      for name in [
        "layers.0.bias", "output.weight", "optimizer.second_moment.layers.0.bias", "state.0.1",
      ] {
        #expect(
          try sentence { $0.tensors.removeAll { $0.name == name } }
            .contains("the tensor \(name) is missing"))
      }
      #expect(
        try sentence { file in
          file.tensors.removeAll { $0.name == "output.bias" }
          file.tensors.append(.init(name: "output.bias", shape: [6], floats: [0, 0, 0, 0, 0, 0]))
        }.contains("the tensor output.bias has the shape [6] instead of [5]"))
      #expect(
        try sentence { file in
          file.tensors.removeAll { $0.name == "output.bias" }
          file.tensors.append(.init(name: "output.bias", shape: [5], doubles: [0, 0, 0, 0, 0]))
        }.contains("not of type F32"))
      #expect(
        try sentence { $0.metadata["vocabulary"] = #"{"unit":"char","tokens":["a","b"]}"# }
          .contains("the vocabulary has 2 tokens and the network 5"))
      #expect(
        try sentence { file in
          file.metadata["description"]?.replace("softmax", with: "labels")
        }.contains("it has a vocabulary, and the network reads or outputs something else"))
    }

    @Test func otherFilesAndVersionsAreToldApart() throws {
      let foreign = SafeTensors(tensors: [.init(name: "w", shape: [1], floats: [1])])
      #expect("\(try #require(try error(foreign.encoded())))".contains("not a model of Refrain's"))
      #expect(try sentence { $0.metadata["refrain"] = "3" }.contains("use a newer Refrain"))
      let strange = try sentence { $0.metadata["refrain"] = "\u{1B}[2J" }
      #expect(strange.contains("use a newer Refrain") && !strange.contains("\u{1B}"))
    }

    /// 2²¹ units would need sixty terabytes.
    @Test func aPromisedGiantAllocatesNothing() throws {
      let giant = """
        {"input":{"tokens":{"_0":5}},"output":{"softmax":{"_0":5}},"layers":[\
        {"recurrent":{"cell":"lstm","hidden":2097152}}]}
        """
      #expect(
        try sentence { $0.metadata["description"] = giant }.contains("layers.0.weight_ih"))
      let beyond = giant.replacingOccurrences(of: "2097152", with: "9007199254740993")
      #expect(
        try sentence { $0.metadata["description"] = beyond }.contains("must be between 1 and"))
    }

    /// Forty thousand layers, a megabyte of text, have more parameters than a number can count.
    @Test func layersWithoutEndAreRefused() throws {
      let layer = """
        {"convolution":{"size":2097152,"width":1024,"dilation":1,"activation":"relu",\
        "isResidual":false}}
        """
      for count in [1000, 40_000] {
        let layers = [String](repeating: layer, count: count).joined(separator: ",")
        let found = try sentence {
          $0.metadata["description"] =
            #"{"input":{"frames":{"_0":2097152}},"output":{"softmax":{"_0":2097152}},"layers":["#
            + layers + "]}"
        }
        let expected = count > 1000 ? "The number of layers" : "layers.0.weight"
        #expect(found.contains(expected), "\(found)")
      }
    }

    @Test func aUnitsNameCannotMoveTheCursor() throws {
      let found = try sentence {
        $0.metadata["description"]?.replace("lstm", with: "custom:\\u001b[2J")
      }
      #expect(found.contains("is not known here") && !found.contains("\u{1B}"), "\(found)")
    }

    static let texts = [
      "", "{", "[]", "null", "7", "\"\"", "{}", "{\"layers\":[]}", "\u{0}",
      String(repeating: "[", count: 100_000), "{\"step\":1e400}",
    ]

    @Test(arguments: ["description", "vocabulary", "configuration", "limits", "progress"], texts)
    func textsThatAreNotWhatTheyShouldBe(_ key: String, _ text: String) throws {
      // Limits have no part that must be there.
      if key == "limits" && text.hasPrefix("{") { return }
      #expect(try sentence { $0.metadata[key] = text }.contains("its \(key) cannot be read"))
    }

    static let impossible = [
      ("configuration", "\"batchSize\":4", "\"batchSize\":0"),
      ("configuration", "\"batchSize\":4", "\"batchSize\":-4"),
      ("configuration", "\"sequenceLength\":2", "\"sequenceLength\":0"),
      ("configuration", "\"evaluateEvery\":1000", "\"evaluateEvery\":0"),
      ("configuration", "\"warmup\":0", "\"warmup\":-1"),
      ("limits", "\"steps\":5", "\"steps\":-5"),
      ("progress", "\"step\":0", "\"step\":-1"),
      ("progress", "\"batch\":0", "\"batch\":9223372036854775807"),
      ("progress", "\"epoch\":0", "\"epoch\":9223372036854775807"),
    ]

    @Test(arguments: impossible)
    func impossibleTrainingsAreRefused(_ key: String, _ old: String, _ new: String) throws {
      let found = try sentence { file in
        let text = file.metadata[key] ?? ""
        file.metadata[key] = text.replacing(
          try! Regex(old.replacing(/[0-9]+$/, with: "[0-9]+")), with: new)
        #expect(file.metadata[key] != text, "\(text) has no \(old)")
      }
      #expect(found.contains("its training is impossible"))
    }
  }
}
