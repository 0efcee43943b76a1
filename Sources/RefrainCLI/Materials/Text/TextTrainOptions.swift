import ArgumentParser

/// What only a training on text is asked for.
struct TextTrainOptions: ParsableArguments {
  @Option(
    "kind",
    "What a token is: a character, a word or a byte (default: char, or as in "
      + "--start-from).")
  var tokens: TokensName?

  @Option("n", "Text of words: the largest vocabulary, 3 or more (default: no limit).")
  var vocabularySize: Int?
}
