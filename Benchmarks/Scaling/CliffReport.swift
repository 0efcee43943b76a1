/// What neighbouring sizes cost, as a page.
struct CliffReport {
  let results: [CliffResult]
  let machine: Machine

  var markdown: String {
    """
    # The cost of one more unit

    Matrices are padded to panels of 16 columns, so 17 units cost as much as 32. Apart from that, a size must
    not cost much more than the next smaller one. `Scaling --cliffs` writes this page, and fails if one does.

    *Measured* is the time per token of the second size divided by that of the first: both are measured in
    turn, and the median ratio counts. *Explained* is the ratio of the multiplications per token,

        g · P(H)² · (2 L − 1) + P(H) · P(V)        P(n) = 16 · ⌈n / 16⌉

    for g gates (LSTM 4, GRU 3, RNN 1), H units, L layers and V tokens. Every layer multiplies by P(H)² for its
    own previous output and again for the layer below; only the first layer reads a row of a table instead.
    The output multiplies by P(H) · P(V). Sequences and time steps are not padded: their ratio is 1.
    A pair is a cliff if measured divided by explained (*beyond*) is more than \(CliffPair.limit).
    With one thread, processor time is measured; with several, elapsed time. All other sizes are those of
    `train-lstm-V65-H128x2-T50-B50`. Measured on
    \(machine.words).

    | quantity | from → to | threads | measured | explained | beyond | |
    |---|--:|--:|--:|--:|--:|---|
    \(results.map(\.row).joined(separator: "\n"))

    """
  }
}
