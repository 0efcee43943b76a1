"""Writes the fixtures of encoders and decoders beside this file, computed by PyTorch in float64.

    pip install torch numpy
    python make_decoder_fixtures.py

The tests read the written files; PyTorch is needed only to make them anew. An encoder's bidirectional layer is
torch.nn's on packed sequences; the decoder's start, Luong's attention and the repeated summary are written here
from the papers. Biases are as in make_fixtures.py.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from make_fixtures import cross_entropy, flat, grid, layer_shapes, tensors, write

SOURCE, TARGET = 6, 5
MODULES = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


def module_tensors(kind, own, suffix):
    bias = own["bias"]
    second = torch.zeros_like(bias)
    if kind == "gru":
        second = torch.cat([torch.zeros(2 * len(own["bias_hn"])), own["bias_hn"]])
    return {f"weight_ih_l0{suffix}": own["weight_ih"], f"weight_hh_l0{suffix}": own["weight_hh"],
            f"bias_ih_l0{suffix}": bias, f"bias_hh_l0{suffix}": second}


def part(parameters, prefix):
    return {n[len(prefix):]: p for n, p in parameters.items() if n.startswith(prefix)}


def encoded(parameters, cell, size, tokens, lengths):
    """What a layer of both directions says of each step [S, B, 2H]; zero past a sequence's end."""
    x = F.embedding(tokens, parameters["encoder.0.weight"])
    module = MODULES[cell](x.shape[-1], size, bidirectional=True)
    own = module_tensors(cell, part(parameters, "encoder.1."), "")
    own |= module_tensors(cell, part(parameters, "encoder.1.reverse."), "_reverse")
    packed = pack_padded_sequence(x, lengths, enforce_sorted=False)
    said, _ = torch.func.functional_call(module, own, (packed,))
    return pad_packed_sequence(said, total_length=len(tokens))[0]


def attention(parameters, prefix, h, said, lengths):
    """Luong et al. 2015, “general”, over all steps."""
    own = part(parameters, prefix)
    queries = F.linear(h, own["query.weight"], own["query.bias"])
    scores = torch.einsum("tbi,sbi->tbs", queries, said)
    places = torch.arange(len(said))[None, :]
    scores = scores.masked_fill((places >= lengths[:, None])[None], -torch.inf)
    context = torch.einsum("tbs,sbi->tbi", scores.softmax(-1), said)
    return torch.tanh(F.linear(context, own["context.weight"])
                      + F.linear(h, own["hidden.weight"], own["hidden.bias"]))


def forward(parameters, kind, cell, hidden, encoder, source, source_lengths, tokens):
    said = encoded(parameters, *encoder, source, source_lengths)
    summary = said.sum(0) / source_lengths[:, None]
    x = F.embedding(tokens, parameters["layers.0.weight"])
    place = 1
    if kind == "repeated":
        own = part(parameters, "layers.1.")
        x, place = x + F.linear(summary, own["weight"], own["bias"]), 2
    own = part(parameters, f"layers.{place}.")
    start = torch.tanh(F.linear(summary, own["start.weight"], own["start.bias"]))
    state = [block[None].contiguous() for block in start.split(hidden, dim=1)]
    module = MODULES[cell](x.shape[-1], hidden)
    h, _ = torch.func.functional_call(
        module, module_tensors(cell, own, ""), (x, tuple(state) if cell == "lstm" else state[0]))
    if kind == "attention":
        h = attention(parameters, f"layers.{place + 1}.", h, said, source_lengths)
    return F.linear(h, parameters["output.weight"], parameters["output.bias"])


def shapes(kind, cell, hidden, encoder):
    """The shapes of all parameters by name."""
    found = {"encoder.0.weight": [SOURCE, 7], "layers.0.weight": [TARGET, hidden]}
    unit, size = encoder
    for prefix in ("encoder.1.", "encoder.1.reverse."):
        own, _ = layer_shapes({"kind": unit, "size": size}, 7)
        found |= {prefix + name: shape for name, shape in own.items()}
    summary, place, outputs = 2 * size, 1, hidden
    if kind == "repeated":
        found |= {"layers.1.weight": [hidden, summary], "layers.1.bias": [hidden]}
        place = 2
    own, _ = layer_shapes({"kind": cell, "size": hidden}, hidden)
    found |= {f"layers.{place}.{name}": shape for name, shape in own.items()}
    states = 2 if cell == "lstm" else 1
    found |= {f"layers.{place}.start.weight": [states * hidden, summary],
              f"layers.{place}.start.bias": [states * hidden]}
    if kind == "attention":
        outputs, prefix = hidden + 1, f"layers.{place + 1}."
        found |= {prefix + "query.weight": [summary, hidden], prefix + "query.bias": [summary],
                  prefix + "context.weight": [outputs, summary],
                  prefix + "hidden.weight": [outputs, hidden], prefix + "hidden.bias": [outputs]}
    return found | {"output.weight": [TARGET, outputs], "output.bias": [TARGET]}


def fixture(seed, kind, cell, hidden, encoder, steps, source_steps, sequences):
    """One batch of sequences of several lengths: forward and backward."""
    rng = np.random.default_rng(seed)
    parameters = {
        name: torch.tensor(grid(rng, shape, 0.6), requires_grad=True)
        for name, shape in shapes(kind, cell, hidden, encoder).items()
    }
    lengths = torch.tensor(rng.integers(1, steps + 1, sequences))
    source_lengths = torch.tensor(rng.integers(1, source_steps + 1, sequences))
    lengths[0], source_lengths[-1] = steps, source_steps
    tokens = torch.tensor(rng.integers(0, TARGET, (steps, sequences)))
    source = torch.tensor(rng.integers(0, SOURCE, (source_steps, sequences)))
    past = torch.arange(steps)[:, None] >= lengths
    targets = torch.tensor(rng.integers(0, TARGET, (steps, sequences))).masked_fill(past, -1)
    logits = forward(parameters, kind, cell, hidden, encoder, source, source_lengths, tokens)
    loss = cross_entropy(logits, targets)
    loss.backward()
    write(f"decoder-{kind}-{cell}-{hidden}", {
        "kind": kind, "cell": cell, "hidden": hidden, "encoderCell": encoder[0],
        "encoderHidden": encoder[1], "vocabularies": [SOURCE, TARGET], "steps": steps,
        "sourceSteps": source_steps, "sequences": sequences, "tokens": flat(tokens),
        "targets": flat(targets), "lengths": flat(lengths), "sourceTokens": flat(source),
        "sourceLengths": flat(source_lengths), "parameters": tensors(parameters),
        "loss": loss.item(), "logits": flat(logits),
        "gradients": tensors({n: p.grad for n, p in parameters.items()}),
    })


if __name__ == "__main__":
    fixture(41, "attention", "lstm", 9, ("gru", 5), 4, 6, 5)
    fixture(42, "attention", "gru", 17, ("lstm", 8), 5, 3, 3)
    fixture(43, "repeated", "lstm", 8, ("gru", 7), 3, 4, 2)
    fixture(44, "plain", "rnn", 7, ("lstm", 9), 3, 5, 4)
