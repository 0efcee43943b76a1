import Foundation
import Refrain
import Testing

/// Logits of 1 to 80 tokens, with ties, extremes and now and then something that is no number.
func randomLogits(_ stream: inout RandomStream, wild: Bool = false) -> [Float] {
  let spread: Float = [0.1, 3, 30].randomElement(using: &stream)!
  let odd: [Float] = [
    .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -3e38, .leastNonzeroMagnitude,
  ]
  return (0..<Int.random(in: 1...80, using: &stream)).map { _ in
    if wild && stream.uniform() < 0.2 { return odd.randomElement(using: &stream)! }
    return (stream.uniform() * 16).rounded() / 8 * spread - spread
  }
}

/// A sampler with every setting present or absent at random.
func randomSampler(_ stream: inout RandomStream, tokens: Int) throws -> Sampler {
  var excluded: Set<Int32> = [-1, 1_000]
  for _ in 0..<3 where tokens > 4 {
    excluded.insert(Int32.random(in: 0..<Int32(tokens), using: &stream))
  }
  return try Sampler(
    temperature: [0, .leastNonzeroMagnitude, 0.5, 1, 2, 3e38].randomElement(using: &stream)!,
    topK: [nil, 1, 5, 200].randomElement(using: &stream)!,
    topP: [nil, 1e-9, 0.5, 0.9, 1].randomElement(using: &stream)!,
    minP: [nil, 0, 0.1, 1].randomElement(using: &stream)!,
    repetitionPenalty: [1, 1.3, 1e-30, 1e30].randomElement(using: &stream)!, excluded: excluded)
}

/// With arrays for spans: what a test macro captures cannot be a span.
extension Sampler {
  func draw(
    _ logits: [Float], recent: [Int32] = [], uniform: Double, scratch: inout SamplingScratch
  ) -> Int32 {
    draw(logits: logits.span, recent: recent.span, uniform: uniform, scratch: &scratch)
  }

  func probabilities(_ logits: [Float], recent: [Int32] = []) -> [Float] {
    probabilities(logits: logits.span, recent: recent.span)
  }
}

@Suite struct SamplerTests {
  @Test func probabilitiesSumToOneAndDrawsFollowThem() throws {
    var stream = RandomStream(seed: 1, purpose: .sampling)
    var scratch = SamplingScratch()
    for _ in 0..<2_000 {
      let logits = randomLogits(&stream, wild: true)
      let sampler = try randomSampler(&stream, tokens: logits.count)
      let recent: [Int32] = [0, 0, 2, -5, 7_000, 1]
      let probabilities = sampler.probabilities(logits, recent: recent)
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
      for token in sampler.excluded where probabilities.indices.contains(Int(token)) {
        #expect(probabilities[Int(token)] == 0)
      }
      for uniform in [0, stream.uniformDouble(), 1.0.nextDown] {
        let token = Int(
          sampler.draw(
            logits, recent: recent, uniform: uniform, scratch: &scratch))
        // A share of 1e-38 in a sum of 80 may round to 0 once divided, but is never drawn by chance.
        #expect(probabilities[token] > 0 || uniform == 0)
        let before = probabilities[..<token].reduce(0.0) { $0 + Double($1) }
        #expect(before <= uniform + 1e-5)
        #expect(uniform < before + Double(probabilities[token]) + 1e-5)
      }
    }
  }

  @Test func probabilitiesAreTheSoftmax() throws {
    var stream = RandomStream(seed: 2, purpose: .sampling)
    for _ in 0..<2_000 {
      let logits = randomLogits(&stream)
      let temperature = 0.2 + 3 * stream.uniform()
      let found = try Sampler(temperature: temperature)
        .probabilities(logits)
      let powers = logits.map { Foundation.exp(Double($0) / Double(temperature)) }
      let sum = powers.reduce(0, +)
      for (p, power) in zip(found, powers) {
        #expect(abs(Double(p) - power / sum) < 1e-5 * power / sum + 1e-36)
      }
    }
  }

  @Test func probabilitiesDoNotChangeWhenAllLogitsShift() throws {
    var stream = RandomStream(seed: 3, purpose: .sampling)
    for _ in 0..<2_000 {
      let logits = randomLogits(&stream).map { ($0 * 1_024).rounded() / 1_024 }
      let sampler = try Sampler(
        temperature: [0, 0.7, 1].randomElement(using: &stream)!, topK: 20, topP: 0.9, minP: 0.01)
      // Multiples of 2^-10 below 2^12 add without rounding: the results must be the same bits.
      let shifted = logits.map { $0 + 2_048 }
      #expect(
        sampler.probabilities(logits)
          == sampler.probabilities(shifted))
    }
  }

  @Test func temperatureZeroIsTheArgmaxAndSmallTemperaturesTendToIt() throws {
    var stream = RandomStream(seed: 4, purpose: .sampling)
    var scratch = SamplingScratch()
    for _ in 0..<2_000 {
      let logits = randomLogits(&stream)
      let argmax = logits.firstIndex(of: logits.max()!)!
      let uniform = stream.uniformDouble()
      let greedy = try Sampler(temperature: 0)
      #expect(
        greedy.draw(logits, uniform: uniform, scratch: &scratch)
          == Int32(argmax))
      let cold = try Sampler(temperature: 1e-30).draw(
        logits, uniform: uniform, scratch: &scratch)
      #expect(logits[Int(cold)] == logits[argmax])
    }
  }

  @Test func frequenciesMatchProbabilities() throws {
    let logits: [Float] = [0.3, -1, 2, 1.5, 1.5, -4, 0, 1]
    for sampler in [
      try Sampler(), try Sampler(temperature: 0.6, topK: 5),
      try Sampler(temperature: 1.5, topP: 0.8, repetitionPenalty: 1.4, excluded: [3]),
    ] {
      let recent: [Int32] = [2, 1]
      let probabilities = sampler.probabilities(logits, recent: recent)
      var stream = RandomStream(seed: 5, purpose: .sampling)
      var scratch = SamplingScratch()
      var counts = [Double](repeating: 0, count: logits.count)
      for _ in 0..<20_000 {
        let token = sampler.draw(
          logits, recent: recent, uniform: stream.uniformDouble(),
          scratch: &scratch)
        counts[Int(token)] += 1
      }
      for (count, p) in zip(counts, probabilities) {
        let deviation = (20_000 * Double(p) * (1 - Double(p))).squareRoot()
        #expect(abs(count - 20_000 * Double(p)) <= 4.5 * deviation)
      }
    }
  }

  @Test func aCodedSamplerIsTheSame() throws {
    var stream = RandomStream(seed: 6, purpose: .sampling)
    for _ in 0..<200 {
      let sampler = try randomSampler(&stream, tokens: 50)
      let data = try JSONEncoder().encode(sampler)
      #expect(try JSONDecoder().decode(Sampler.self, from: data) == sampler)
    }
    #expect(try JSONDecoder().decode(Sampler.self, from: Data("{}".utf8)) == Sampler())
    #expect(throws: SamplerError.topP(2)) {
      try JSONDecoder().decode(Sampler.self, from: Data(#"{"topP": 2}"#.utf8))
    }
  }

  @Test(
    arguments: [
      (-1, nil, nil, nil, 1, "the temperature must be 0 or more, not -1"),
      (.nan, nil, nil, nil, 1, "the temperature must be 0 or more, not nan"),
      (.infinity, nil, nil, nil, 1, "the temperature must be 0 or more, not inf"),
      (1, 0, nil, nil, 1, "top-k must be 1 or more, not 0"),
      (1, nil, 0, nil, 1, "top-p must be above 0 and at most 1, not 0"),
      (1, nil, .nan, nil, 1, "top-p must be above 0 and at most 1, not nan"),
      (1, nil, nil, 1.5, 1, "min-p must be from 0 to 1, not 1.5"),
      (1, nil, nil, nil, 0, "the repetition penalty must be above 0, not 0"),
      (1, nil, nil, nil, .infinity, "the repetition penalty must be above 0, not inf"),
    ] as [(Float, Int?, Float?, Float?, Float, String)])
  func initRefusesWhatIsOutOfRange(
    temperature: Float, topK: Int?, topP: Float?, minP: Float?, penalty: Float, message: String
  ) {
    let error = #expect(throws: SamplerError.self) {
      try Sampler(
        temperature: temperature, topK: topK, topP: topP, minP: minP, repetitionPenalty: penalty)
    }
    #expect(error?.description == message)
  }
}
