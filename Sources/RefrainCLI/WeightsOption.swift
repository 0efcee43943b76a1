internal import ArgumentParser
internal import Refrain

/// `--weights`.
struct WeightsOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Reads the weights as f32, as they were trained, f16 or i8: four, two or one byte each. A large \
      model writes faster with fewer bytes and says nearly the same; refrain evaluate tells how nearly.
      """, valueName: "format"),
    transform: { text in
      guard let format = WeightFormat(rawValue: text) else {
        throw ValidationError("--weights must be f32, f16 or i8, not \(text).")
      }
      return format
    })
  var weights = WeightFormat.f32
}
