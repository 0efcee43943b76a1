/// What neighbouring sizes cost, as a page.
struct CliffReport {
  let results: [CliffResult]
  let machine: Machine

  var markdown: String {
    """
    # What one unit more costs

    Matrices are padded to panels of 16 columns: 17 units cost what 32 cost. Beyond that, a size must not
    cost much more than its neighbour. Written by `Scaling --cliffs`, which fails where it does.

    *Measured* is the time per token of the second size over that of the first, both measured in turn, the
    median of the ratios. *Explained* is the ratio of the multiplications of a token,

        g · P(H)² · (2 L − 1) + P(H) · P(V)        P(n) = 16 · ⌈n / 16⌉

    for g gates (LSTM 4, GRU 3, RNN 1), H units, L layers and V tokens: every layer multiplies by P(H)²
    for its own previous output and, but for the first, which reads a row of a table, for the layer below;
    the output multiplies by P(H) · P(V). Neither sequences nor steps are padded: for them it is 1.
    A pair is a cliff where measured over explained is more than \(CliffPair.limit).
    With one thread the thread's processor time is measured, with several the time that passes. The others
    are as in `train-lstm-V65-H128x2-T50-B50`. Measured on
    \(machine.words).

    | quantity | from → to | threads | measured | explained | beyond | |
    |---|--:|--:|--:|--:|--:|---|
    \(results.map(\.row).joined(separator: "\n"))

    """
  }
}
