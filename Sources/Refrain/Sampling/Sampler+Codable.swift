extension Sampler: Codable {
  private enum CodingKeys: String, CodingKey {
    case temperature, topK, topP, minP, repetitionPenalty, excluded
  }

  /// Reads the settings; one that is absent has its default.
  ///
  /// - Throws: ``SamplerError`` if a setting is out of its range; the decoder's errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      temperature: values.decodeIfPresent(Float.self, forKey: .temperature) ?? 1,
      topK: values.decodeIfPresent(Int.self, forKey: .topK),
      topP: values.decodeIfPresent(Float.self, forKey: .topP),
      minP: values.decodeIfPresent(Float.self, forKey: .minP),
      repetitionPenalty: values.decodeIfPresent(Float.self, forKey: .repetitionPenalty) ?? 1,
      excluded: Set(values.decodeIfPresent([Int32].self, forKey: .excluded) ?? []))
  }

  /// Writes the settings, the excluded tokens in order: equal samplers make equal files.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(temperature, forKey: .temperature)
    try values.encodeIfPresent(topK, forKey: .topK)
    try values.encodeIfPresent(topP, forKey: .topP)
    try values.encodeIfPresent(minP, forKey: .minP)
    try values.encode(repetitionPenalty, forKey: .repetitionPenalty)
    try values.encode(excluded.sorted(), forKey: .excluded)
  }
}
