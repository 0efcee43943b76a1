internal import ArgumentParser
internal import Refrain

/// `--weights`.
struct WeightsOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Number format of the weights: f32 (as trained), f16 (half precision) or i8 (8-bit). With f16 or \
      i8, large models generate faster and give nearly identical results; “refrain evaluate” reports \
      the difference. (default: f32)
      """, valueName: "format"),
    transform: { text in
      guard let format = WeightFormat(rawValue: text) else {
        throw ValidationError("--weights must be f32, f16 or i8, not \(text).")
      }
      return format
    })
  var weights = WeightFormat.f32
}
