import ArgumentParser

/// What only a training on text is asked for.
struct TextTrainOptions: ParsableArguments {
  @Option(
    "kind",
    "What one token is: a character, a word or a byte (default: char; with --start-from, that of the "
      + "model).")
  var tokens: TokensName?

  @Option("n", "With --tokens word: the largest vocabulary, 3 or more (default: no limit).")
  var vocabularySize: Int?
}
