"""Writes the fixtures beside this file: models whose every number PyTorch computed in float64.

    pip install torch numpy
    python make_fixtures.py

The tests read the written files; PyTorch is needed only to make them anew. A layer here has
one bias per gate, as Refrain's have: PyTorch's second bias is frozen at 0, except for the n part of
a GRU's, which is `bias_hn`, while the first bias holds the r, z and n parts of `bias`.
Parameters are multiples of 1/1024: short to write, and exact in single precision too.
"""

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

HERE = Path(__file__).resolve().parent
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

GATES = {"rnn": 1, "lstm": 4, "gru": 3, "peephole": 4, "coupled": 3, "mingru": 2, "minlstm": 3,
         "mogrifier": 4, "janet": 2}


def layer_shapes(layer, inputs):
    """The shapes of a layer's parameters, and how many values come out of it."""
    kind, size = layer["kind"], layer.get("size", inputs)
    if kind == "embedding":
        return {"weight": [inputs, size]}, size
    if kind in ("dense", "denseReLU"):
        return {"weight": [size, inputs], "bias": [size]}, size
    if kind == "convolution":
        return {"weight": [size, inputs, layer["width"]], "bias": [size]}, size
    if kind == "layerNorm":
        return {"weight": [inputs], "bias": [inputs]}, inputs
    if kind == "dropout":
        return {}, inputs
    rows = GATES[kind] * size
    shapes = {"weight_ih": [rows, inputs], "weight_hh": [rows, size], "bias": [rows]}
    if kind in ("mingru", "minlstm"):
        del shapes["weight_hh"]
    if kind == "gru":
        shapes["bias_hn"] = [size]
    if kind == "peephole":
        shapes |= {f"peephole_{gate}": [size] for gate in "ifo"}
    if kind == "mogrifier":
        shapes |= {f"mogrifier_q{n}": [inputs, size] for n in (1, 3, 5)}
        shapes |= {f"mogrifier_r{n}": [size, inputs] for n in (2, 4)}
    return shapes, size


def grid(rng, shape, bound):
    """Multiples of 1/1024 between -bound and bound."""
    return np.round(rng.uniform(-bound, bound, shape) * 1024) / 1024


def initial_parameters(rng, vocabulary, layers):
    """All parameters by name, uniform within 1/sqrt(H); the biases too, none of them 0."""
    parameters, inputs = {}, vocabulary
    for k, layer in enumerate(layers):
        shapes, outputs = layer_shapes(layer, inputs)
        bound = 1 if layer["kind"] == "embedding" else max(outputs, 2) ** -0.5
        for name, shape in shapes.items():
            parameters[f"layers.{k}.{name}"] = grid(rng, shape, bound)
        inputs = outputs
    parameters["output.weight"] = grid(rng, [vocabulary, inputs], max(inputs, 2) ** -0.5)
    parameters["output.bias"] = grid(rng, [vocabulary], max(inputs, 2) ** -0.5)
    return {
        name: torch.tensor(value, requires_grad=True) for name, value in parameters.items()
    }


class TorchUnit:
    """One layer of torch.nn.RNN, LSTM or GRU that computes with given parameters."""

    def __init__(self, kind, inputs, size, own):
        self.module = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](
            inputs, size
        )
        bias = own["bias"]
        frozen = torch.zeros_like(bias)
        if kind == "gru":
            frozen = torch.cat([torch.zeros(2 * size), own["bias_hn"]])
        self.tensors = {
            "weight_ih_l0": own["weight_ih"],
            "weight_hh_l0": own["weight_hh"],
            "bias_ih_l0": bias,
            "bias_hh_l0": frozen,
        }
        self.kind = kind

    def step(self, x, h, c):
        state = (h[None], c[None]) if self.kind == "lstm" else h[None]
        _, state = torch.func.functional_call(self.module, self.tensors, (x[None], state))
        return (state[0][0], state[1][0]) if self.kind == "lstm" else (state[0], c)


class WrittenUnit:
    """PyTorch has no such layers: the papers' equations, differentiated by autograd."""

    def __init__(self, own):
        self.own = own

    def sums(self, x, h):
        own = self.own
        return x @ own["weight_ih"].T + own["bias"] + h @ own["weight_hh"].T


class PeepholeUnit(WrittenUnit):
    """Gers & Schmidhuber 2000."""

    def step(self, x, h, c):
        own = self.own
        i, f, g, o = self.sums(x, h).chunk(4, dim=1)
        i = torch.sigmoid(i + own["peephole_i"] * c)
        f = torch.sigmoid(f + own["peephole_f"] * c)
        c = f * c + i * torch.tanh(g)
        o = torch.sigmoid(o + own["peephole_o"] * c)
        return o * torch.tanh(c), c


def convolution(layer, own, x, starts, history):
    """A causal conv1d of x [T, B, I], and the last inputs of each sequence; `history` [B, steps · I] are those
    before. What belongs to another document counts as zero."""
    (steps, sequences, inputs), back = x.shape, (layer["width"] - 1) * layer["dilation"]
    outputs, last = [], []
    for b in range(sequences):
        kept, parts = history[b].reshape(back, inputs), []
        firsts = [t for t in range(steps) if starts[t, b]]
        for first, end in zip([0] + firsts, firsts + [steps]):
            if first in firsts:
                kept = torch.zeros(back, inputs)
            seen = torch.cat([kept, x[first:end, b]])
            if end > first:
                parts.append(F.conv1d(seen.T[None], own["weight"], own["bias"],
                                      dilation=layer["dilation"])[0].T)
            kept = seen[len(seen) - back:]
        outputs.append(torch.cat(parts))
        last.append(kept.flatten())
    y = torch.stack(outputs, dim=1)
    y = {"tanh": torch.tanh, "relu": torch.relu}.get(layer.get("activation"), lambda y: y)(y)
    return y + x if layer.get("isResidual") else y, torch.stack(last)


class CoupledUnit(WrittenUnit):
    """The “CIFG” of Greff et al. 2017: i = 1 - f."""

    def step(self, x, h, c):
        f, g, o = self.sums(x, h).chunk(3, dim=1)
        f = torch.sigmoid(f)
        c = f * c + (1 - f) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c


class MinGRUUnit(WrittenUnit):
    """Feng et al. 2024, section 3.1: h = (1 - z) h + z Linear(x), z = sigmoid(Linear(x))."""

    def step(self, x, h, c):
        z, candidate = F.linear(x, self.own["weight_ih"], self.own["bias"]).chunk(2, dim=1)
        z = torch.sigmoid(z)
        return (1 - z) * h + z * candidate, c


class MinLSTMUnit(WrittenUnit):
    """Feng et al. 2024, section 3.2, with gates that add up to one."""

    def step(self, x, h, c):
        f, i, candidate = F.linear(x, self.own["weight_ih"], self.own["bias"]).chunk(3, dim=1)
        f, i = torch.sigmoid(f), torch.sigmoid(i)
        return f / (f + i) * h + i / (f + i) * candidate, c


class JANETUnit(WrittenUnit):
    """van der Westhuizen & Lasenby 2018, with their shift β of 1."""

    def step(self, x, h, c):
        s, candidate = self.sums(x, h).chunk(2, dim=1)
        kept, taken = torch.sigmoid(s), 1 - torch.sigmoid(s - 1)
        return kept * h + taken * torch.tanh(candidate), c


class MogrifierUnit(WrittenUnit):
    """Melis et al. 2020, equations 1 and 2 with five rounds, before an LSTM's step."""

    def step(self, x, h, c):
        own = self.own
        for n in range(1, 6):
            if n % 2 == 1:
                x = 2 * torch.sigmoid(h @ own[f"mogrifier_q{n}"].T) * x
            else:
                h = 2 * torch.sigmoid(x @ own[f"mogrifier_r{n}"].T) * h
        i, f, g, o = self.sums(x, h).chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c


WRITTEN = {"peephole": PeepholeUnit, "coupled": CoupledUnit, "mingru": MinGRUUnit,
           "minlstm": MinLSTMUnit, "mogrifier": MogrifierUnit,
           "janet": JANETUnit}


def forward(vocabulary, layers, parameters, tokens, starts, state):
    """Logits [T, B, V] and the state of each layer that keeps one after the last step."""
    x, inputs, final = F.one_hot(tokens, vocabulary).double(), vocabulary, []
    state = list(state)
    for k, layer in enumerate(layers):
        kind, prefix = layer["kind"], f"layers.{k}."
        own = {n[len(prefix):]: p for n, p in parameters.items() if n.startswith(prefix)}
        if kind == "embedding":
            x = F.embedding(tokens, own["weight"])
        elif kind == "dense":
            x = F.linear(x, own["weight"], own["bias"])
        elif kind == "convolution":
            h, c = state.pop(0)
            x, h = convolution(layer, own, x, starts, h)
            final.append((h, c))
        elif kind == "layerNorm":
            x = F.layer_norm(x, x.shape[-1:], own["weight"], own["bias"])
        elif kind == "denseReLU":
            x = torch.relu(F.linear(x, own["weight"], own["bias"]))
        elif kind == "dropout":
            x = x * torch.tensor(layer["mask"]).reshape(x.shape)
        else:
            unit = WRITTEN[kind](own) if kind in WRITTEN else TorchUnit(
                kind, inputs, layer["size"], own
            )
            (h, c), outputs = state.pop(0), []
            for t in range(len(tokens)):
                kept = 1 - starts[t].double()[:, None]
                h, c = unit.step(x[t], h * kept, c * kept)
                outputs.append(h)
            final.append((h, c))
            x = torch.stack(outputs)
        inputs = x.shape[-1]
    return F.linear(x, parameters["output.weight"], parameters["output.bias"]), final


def cross_entropy(logits, targets):
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1)


def flat(tensor):
    return tensor.detach().flatten().tolist()


def tensors(named):
    return {name: {"shape": list(t.shape), "values": flat(t)} for name, t in named.items()}


def states(pairs):
    return [{"h": flat(h), "c": flat(c)} for h, c in pairs]


def state_sizes(layers, inputs):
    """How many values each layer with a state keeps of a sequence."""
    sizes = []
    for layer in layers:
        if layer["kind"] in GATES:
            sizes.append(layer["size"])
        elif layer["kind"] == "convolution" and layer["width"] > 1:
            sizes.append((layer["width"] - 1) * layer["dilation"] * inputs)
        inputs = layer_shapes(layer, inputs)[1]
    return sizes


def with_masks(rng, layers, vocabulary, rows):
    """The layers with a mask of `rows` rows for each dropout, which drops a quarter."""
    result, width = [], vocabulary
    for layer in layers:
        if layer["kind"] == "dropout":
            layer = layer | {"mask": (rng.choice([0, 1, 1, 1], rows * width) / 0.75).tolist()}
        width = layer_shapes(layer, width)[1]
        result.append(layer)
    return result


def model_fixture(name, seed, vocabulary, layers, steps, sequences):
    """One batch: forward, backward, final state."""
    rng = np.random.default_rng(seed)
    shape = (steps, sequences)
    layers = with_masks(rng, layers, vocabulary, steps * sequences)
    parameters = initial_parameters(rng, vocabulary, layers)
    tokens = torch.tensor(rng.integers(0, vocabulary, shape))
    ignored = rng.random(shape) < 0.2
    targets = torch.tensor(np.where(ignored, -1, rng.integers(0, vocabulary, shape)))
    targets[0, 0] = 0  # at least one is counted
    starts = torch.tensor(rng.random(shape) < 0.15)
    initial = [
        tuple(torch.tensor(grid(rng, (sequences, size), 0.9)) for _ in "hc")
        for size in state_sizes(layers, vocabulary)
    ]
    logits, final = forward(vocabulary, layers, parameters, tokens, starts, initial)
    loss = cross_entropy(logits, targets)
    loss.backward()
    write(name, {
        "vocabulary": vocabulary, "layers": layers, "steps": steps, "sequences": sequences,
        "tokens": flat(tokens), "targets": flat(targets), "starts": flat(starts),
        "parameters": tensors(parameters), "initialState": states(initial),
        "loss": loss.item(), "logits": flat(logits),
        "gradients": tensors({n: p.grad for n, p in parameters.items()}),
        "finalState": states(final),
    })


OPTIMIZERS = {
    "adam": torch.optim.Adam, "adamW": torch.optim.AdamW,
    "rmsProp": torch.optim.RMSprop, "sgd": torch.optim.SGD,
}

# The rates are low enough for a training that does not amplify rounding errors: then single
# precision can be held to the same losses.
RUNS = [
    {"optimizer": "adam", "steps": 100, "learningRate": 0.01, "clip": 5},
    {"optimizer": "adam", "steps": 20, "learningRate": 0.01, "clip": 0.25, "weightDecay": 0.01},
    {"optimizer": "adamW", "steps": 20, "learningRate": 0.01, "clip": 5, "weightDecay": 0.1},
    {"optimizer": "rmsProp", "steps": 20, "learningRate": 0.002, "clip": 5},
    {"optimizer": "rmsProp", "steps": 20, "learningRate": 0.001, "clip": 0.25, "momentum": 0.9,
     "weightDecay": 0.01},
    {"optimizer": "sgd", "steps": 20, "learningRate": 0.2, "clip": 5, "momentum": 0.9},
    {"optimizer": "sgd", "steps": 20, "learningRate": 0.5, "clip": 0.25, "momentum": 0.9,
     "weightDecay": 0.01},
]


def stream(rng, vocabulary, count):
    """Tokens with something to learn in them: each has a few usual followers."""
    followers = rng.integers(0, vocabulary, (vocabulary, 3))
    tokens = [0]
    while len(tokens) < count:
        usual = rng.random() < 0.9
        tokens.append(int(followers[tokens[-1], rng.integers(3)] if usual
                          else rng.integers(vocabulary)))
    return tokens


def train(run, vocabulary, layers, initial, rows, steps, sequences):
    """The losses of a run; row b of `rows` is read from its start by sequence b."""
    parameters = {n: p.detach().clone().requires_grad_() for n, p in initial.items()}
    options = {"weight_decay": run.get("weightDecay", 0.0), "lr": run["learningRate"]}
    if "momentum" in run:
        options["momentum"] = run["momentum"]
    optimizer = OPTIMIZERS[run["optimizer"]](parameters.values(), **options)
    sizes = state_sizes(layers, vocabulary)
    zeros = {n: torch.zeros(sequences, n) for n in sizes}
    state = [(zeros[n], zeros[n]) for n in sizes]
    starts = torch.zeros(steps, sequences, dtype=torch.bool)
    losses, clipped = [], 0
    for step in range(run["steps"]):
        part = rows[:, step * steps:(step + 1) * steps + 1].T
        logits, final = forward(vocabulary, layers, parameters, part[:-1], starts, state)
        loss = cross_entropy(logits, part[1:])
        optimizer.zero_grad()
        loss.backward()
        clipped += torch.nn.utils.clip_grad_norm_(parameters.values(), run["clip"]) > run["clip"]
        optimizer.step()
        state = [(h.detach(), c.detach()) for h, c in final]
        losses.append(loss.item())
    assert clipped > 0 or run["clip"] > 1, "a run with a low limit is there to be clipped"
    return losses


def training_fixture(name, seed, vocabulary, layers, steps, sequences):
    """One model trained from the same parameters by every run of RUNS."""
    rng = np.random.default_rng(seed)
    parameters = initial_parameters(rng, vocabulary, layers)
    length = steps * max(run["steps"] for run in RUNS) + 1
    tokens = stream(rng, vocabulary, sequences * length)
    rows = torch.tensor(tokens).reshape(sequences, length)
    write(name, {
        "vocabulary": vocabulary, "layers": layers, "steps": steps, "sequences": sequences,
        "stream": tokens, "parameters": tensors(parameters),
        "runs": [
            run | {"losses": train(run, vocabulary, layers, parameters, rows, steps, sequences)}
            for run in RUNS
        ],
    })


def whole_frames(rng, count, size):
    """Frames that are exact in half precision."""
    return np.round(rng.uniform(-2, 2, (count, size)) * 256) / 256


def dense(x, parameters, k):
    return F.linear(x, parameters[f"layers.{k}.weight"], parameters[f"layers.{k}.bias"])


def many_to_one_fixture(name, seed, size, hidden, steps, sequences, batches, drops):
    """Batch norm, three LSTMs, given dropout if `drops`, the last step, a dense tanh layer with L2, a
    dense layer; trained by Adam on the mean squared error of the next frame."""
    rng = np.random.default_rng(seed)
    frames = whole_frames(rng, 60, size)
    table = torch.tensor(frames)
    masks = torch.ones(steps * sequences, hidden)
    if drops:
        masks = torch.tensor(rng.choice([0, 1, 1, 1], (steps * sequences, hidden)) / 0.75)
    decay, inputs = 0.125, size
    layers = [{"kind": "batchNorm"}] + stack("lstm", hidden, hidden, hidden)
    layers += [{"kind": "dropout", "mask": flat(masks)}] if drops else []
    layers += [{"kind": "lastStep"}, {"kind": "denseTanh", "size": size, "weightDecay": decay},
               {"kind": "dense", "size": size}]
    top = len(layers) - 2
    own = {"0.weight": grid(rng, [size], 1), "0.bias": grid(rng, [size], 1)}
    for k in (1, 2, 3):
        shapes, inputs = layer_shapes(layers[k], inputs)
        own |= {f"{k}.{n}": grid(rng, shape, hidden ** -0.5) for n, shape in shapes.items()}
    for k, columns in ((top, hidden), (top + 1, size)):
        own |= {f"{k}.weight": grid(rng, [size, columns], columns ** -0.5),
                f"{k}.bias": grid(rng, [size], columns ** -0.5)}
    parameters = {
        f"layers.{k}": torch.tensor(value, requires_grad=True) for k, value in own.items()
    }
    initial = tensors(parameters)
    mean, variance = torch.zeros(size), torch.ones(size)
    optimizer = torch.optim.Adam(parameters.values(), lr=0.001)
    tokens, targets, losses = [], [], []
    for _ in range(batches):
        first = torch.tensor(rng.integers(0, len(frames) - steps, sequences))
        part = first + torch.arange(steps)[:, None]
        x = F.batch_norm(table[part].flatten(0, 1), mean, variance, parameters["layers.0.weight"],
                         parameters["layers.0.bias"], training=True).reshape(steps, sequences, size)
        zero, inputs = torch.zeros(sequences, hidden), size
        for k in (1, 2, 3):
            prefix = f"layers.{k}."
            unit = TorchUnit("lstm", inputs, hidden, {
                n[len(prefix):]: p for n, p in parameters.items() if n.startswith(prefix)})
            h, c, outputs = zero, zero, []
            for t in range(steps):
                h, c = unit.step(x[t], h, c)
                outputs.append(h)
            x, inputs = torch.stack(outputs), hidden
        x = (x * masks.reshape(x.shape))[-1]
        x, weight = dense(x, parameters, top), parameters[f"layers.{top}.weight"]
        x = dense(torch.tanh(x), parameters, top + 1)
        loss = F.mse_loss(x, table[part[-1] + 1])
        optimizer.zero_grad()
        (loss + decay / 2 * weight.square().sum()).backward()
        optimizer.step()
        tokens.append(flat(part))
        targets.append(flat(part + 1))
        losses.append(loss.item())
    write(name, {
        "size": size, "frames": {"shape": list(frames.shape), "values": flat(table)},
        "layers": layers, "parameters": initial, "steps": steps, "sequences": sequences,
        "tokens": tokens, "targets": targets, "losses": losses, "learningRate": 0.001,
        "statistics": tensors({"layers.0.running_mean": mean, "layers.0.running_var": variance}),
    })


def mixture_fixture(name, seed, size, hidden, components, history, steps, sequences):
    """One batch of an LSTM and a mixture of Gaussians over the next frame, to whose means the last frames
    of a recording are added, each value times a factor."""
    rng = np.random.default_rng(seed)
    frames, recordings = whole_frames(rng, 40, size), [0, 6, 7, 11, 24, 26, 37]
    table = torch.tensor(frames)
    shapes = {f"layers.0.{n}": shape
              for n, shape in layer_shapes({"kind": "lstm", "size": hidden}, size)[0].items()}
    shapes |= {"output.weights.weight": [components, hidden], "output.weights.bias": [components],
               "output.values.weight": [2 * components * size, hidden],
               "output.values.bias": [2 * components * size]}
    if history > 0:
        shapes["output.history"] = [history * size]
    parameters = {n: torch.tensor(grid(rng, shape, 0.7), requires_grad=True)
                  for n, shape in shapes.items()}
    own = {n[9:]: p for n, p in parameters.items() if n.startswith("layers.0.")}
    tokens = torch.tensor(rng.integers(0, len(frames), (steps, sequences)))
    targets = torch.tensor(rng.integers(0, len(frames), (steps, sequences)))
    ignored = torch.tensor(rng.random((steps, sequences)) < 0.2)
    unit, outputs = TorchUnit("lstm", size, hidden, own), []
    h = c = torch.zeros(sequences, hidden)
    for t in range(steps):
        h, c = unit.step(table[tokens[t]], h, c)
        outputs.append(h)
    x = torch.stack(outputs).flatten(0, 1)
    logits = F.linear(x, parameters["output.weights.weight"], parameters["output.weights.bias"])
    values = F.linear(x, parameters["output.values.weight"], parameters["output.values.bias"])
    means, deviations = values.reshape(-1, 2, components, size).unbind(1)
    for lag in range(history):
        first = torch.tensor([max(r for r in recordings if r <= token) for token in flat(tokens)])
        past = table[torch.maximum(tokens.flatten() - lag, first)]
        factors = parameters["output.history"][lag * size:(lag + 1) * size]
        means = means + (past * factors)[:, None]
    mixture = torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(logits=logits),
        torch.distributions.Independent(
            torch.distributions.Normal(means, torch.sqrt(torch.exp(2 * deviations) + 1e-4)), 1))
    loss = -(mixture.log_prob(table[targets.flatten()]) / size)[~ignored.flatten()].mean()
    loss.backward()
    write(name, {
        "size": size, "frames": {"shape": list(frames.shape), "values": flat(table)},
        "layers": stack("lstm", hidden), "parameters": tensors(parameters),
        "components": components, "history": history, "recordings": recordings,
        "steps": steps, "sequences": sequences, "tokens": [flat(tokens)], "targets": [flat(torch.where(ignored, -1, targets))],
        "losses": [loss.item()],
        "gradients": tensors({n: p.grad for n, p in parameters.items()}),
    })


def both_directions(kind, hidden, own, x, lengths):
    """A bidirectional layer of PyTorch's on sequences of different lengths."""
    inputs = x.shape[2]
    module = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](inputs, hidden, bidirectional=True)
    tensors = {}
    for prefix, suffix in (("", "_l0"), ("reverse.", "_l0_reverse")):
        part = TorchUnit(kind, inputs, hidden, {
            n[len(prefix):]: p for n, p in own.items()
            if n.startswith(prefix) and (prefix or not n.startswith("reverse."))}).tensors
        tensors |= {n.replace("_l0", suffix): p for n, p in part.items()}
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        x, torch.tensor(lengths), enforce_sorted=False)
    packed, _ = torch.func.functional_call(module, tensors, (packed,))
    return torch.nn.utils.rnn.pad_packed_sequence(packed, total_length=x.shape[0])[0]


def whole_sequences_fixture(name, seed, pooling, size, hidden, lengths):
    """One batch of sequences of different lengths: a layer of LSTMs in both directions, batch norm, one of
    GRUs, one step made of all, a dense layer; the mean squared error of a frame for each sequence."""
    rng = np.random.default_rng(seed)
    frames, steps, sequences = whole_frames(rng, 30, size), max(lengths), len(lengths)
    table = torch.tensor(frames)
    layers = [{"kind": "bidirectionalLSTM", "size": hidden}, {"kind": "batchNorm"},
              {"kind": "bidirectionalGRU", "size": hidden + 1}, {"kind": pooling},
              {"kind": "dense", "size": size}]
    own = {"1.weight": grid(rng, [2 * hidden], 1), "1.bias": grid(rng, [2 * hidden], 1)}
    for k, kind, inputs, units in ((0, "lstm", size, hidden), (2, "gru", 2 * hidden, hidden + 1)):
        for prefix in ("", "reverse."):
            shapes, _ = layer_shapes({"kind": kind, "size": units}, inputs)
            own |= {f"{k}.{prefix}{n}": grid(rng, shape, 0.7) for n, shape in shapes.items()}
    own |= {"4.weight": grid(rng, [size, 2 * hidden + 2], 0.7), "4.bias": grid(rng, [size], 0.7)}
    parameters = {f"layers.{k}": torch.tensor(v, requires_grad=True) for k, v in own.items()}
    layer = lambda k: {
        n[len(f"layers.{k}."):]: p for n, p in parameters.items() if n.startswith(f"layers.{k}.")}
    tokens = torch.tensor(rng.integers(0, len(frames), (steps, sequences)))
    counted = torch.arange(steps)[:, None] < torch.tensor(lengths)
    last = torch.tensor(lengths) - 1
    targets = torch.full((steps, sequences), -1)
    targets[last, torch.arange(sequences)] = torch.tensor(rng.integers(0, len(frames), sequences))
    x = both_directions("lstm", hidden, layer(0), table[tokens], lengths)
    mean, variance = torch.zeros(2 * hidden), torch.ones(2 * hidden)
    normal = F.batch_norm(x[counted], mean, variance, parameters["layers.1.weight"],
                          parameters["layers.1.bias"], training=True)
    x = torch.zeros(x.shape).masked_scatter(counted[:, :, None], normal)
    x = both_directions("gru", hidden + 1, layer(2), x, lengths)
    if pooling == "lastStep":
        x = x[last, torch.arange(sequences)]
    elif pooling == "meanOverTime":
        x = (x * counted[:, :, None]).sum(0) / torch.tensor(lengths)[:, None]
    else:
        x = x.masked_fill(~counted[:, :, None], -9).max(0).values
    loss = F.mse_loss(dense(x, parameters, 4), table[targets[last, torch.arange(sequences)]])
    loss.backward()
    write(name, {
        "size": size, "frames": {"shape": list(frames.shape), "values": flat(table)},
        "layers": layers, "parameters": tensors(parameters), "steps": steps,
        "sequences": sequences, "lengths": lengths, "tokens": [flat(tokens)],
        "targets": [flat(targets)], "losses": [loss.item()],
        "statistics": tensors({"layers.1.running_mean": mean, "layers.1.running_var": variance}),
        "gradients": tensors({n: p.grad for n, p in parameters.items()}),
    })


def labels_fixture(name, seed, size, hidden, labels, steps, sequences):
    """One batch of frames through an LSTM, and labels several of which may be true, by BCEWithLogitsLoss:
    summed over the labels, the mean over the targets that count."""
    rng = np.random.default_rng(seed)
    frames = whole_frames(rng, 30, size)
    table = torch.tensor(frames)
    wanted = torch.tensor((rng.random((20, labels)) < 0.3).astype(float))
    shapes = {f"layers.0.{n}": shape
              for n, shape in layer_shapes({"kind": "lstm", "size": hidden}, size)[0].items()}
    shapes |= {"output.weight": [labels, hidden], "output.bias": [labels]}
    parameters = {n: torch.tensor(grid(rng, shape, 0.7), requires_grad=True)
                  for n, shape in shapes.items()}
    own = {n[9:]: p for n, p in parameters.items() if n.startswith("layers.0.")}
    tokens = torch.tensor(rng.integers(0, len(frames), (steps, sequences)))
    targets = torch.tensor(rng.integers(0, len(wanted), (steps, sequences)))
    ignored = torch.tensor(rng.random((steps, sequences)) < 0.2)
    unit, outputs = TorchUnit("lstm", size, hidden, own), []
    h = c = torch.zeros(sequences, hidden)
    for t in range(steps):
        h, c = unit.step(table[tokens[t]], h, c)
        outputs.append(h)
    logits = F.linear(torch.stack(outputs), parameters["output.weight"], parameters["output.bias"])
    counted = ~ignored
    loss = torch.nn.BCEWithLogitsLoss(reduction="sum")(logits[counted], wanted[targets[counted]])
    loss = loss / counted.sum()
    loss.backward()
    write(name, {
        "size": size, "frames": {"shape": list(frames.shape), "values": flat(table)},
        "targetFrames": {"shape": list(wanted.shape), "values": flat(wanted)},
        "layers": stack("lstm", hidden), "parameters": tensors(parameters),
        "steps": steps, "sequences": sequences, "tokens": [flat(tokens)],
        "targets": [flat(torch.where(ignored, -1, targets))], "losses": [loss.item()],
        "gradients": tensors({n: p.grad for n, p in parameters.items()}),
    })


def write(name, value):
    # Python writes the shortest digits that read back as the same double: 17 at most.
    (HERE / f"{name}.json").write_text(json.dumps(value, separators=(",", ":")) + "\n")


def stack(kind, *sizes):
    return [{"kind": kind, "size": size} for size in sizes]


def taps(size, width, dilation, **rest):
    return [{"kind": "convolution", "size": size, "width": width, "dilation": dilation} | rest]


def main():
    drop = [{"kind": "dropout"}]
    models = [  # name, V, layers, T, B
        ("model-rnn-33", 7, stack("rnn", 33), 9, 3),
        ("model-rnn-1x2", 5, stack("rnn", 1, 1), 4, 1),
        ("model-rnn-17x3", 11, stack("rnn", 17, 17, 17), 5, 2),
        ("model-lstm-1", 6, stack("lstm", 1), 7, 2),
        ("model-lstm-33", 5, stack("lstm", 33), 3, 4),
        ("model-lstm-7x2", 40, stack("lstm", 7, 7), 9, 5),
        ("model-lstm-8x3", 9, stack("lstm", 8, 8, 8), 6, 3),
        ("model-lstm-17-one-step", 8, stack("lstm", 17), 1, 1),
        ("model-gru-33", 5, stack("gru", 33), 5, 2),
        ("model-gru-17x2", 9, stack("gru", 17, 17), 4, 3),
        ("model-gru-9x3", 13, stack("gru", 9, 9, 9), 8, 2),
        ("model-gru-1", 6, stack("gru", 1), 1, 5),
        ("model-peephole-9-7", 10, stack("peephole", 9, 7), 7, 3),
        ("model-mixed", 17, stack("embedding", 6) + stack("lstm", 9) + drop + stack("dense", 7)
         + drop + stack("gru", 8) + stack("rnn", 5) + drop, 6, 3),
        ("model-coupled-17-9", 8, stack("coupled", 17, 9), 6, 3),
        ("model-mingru-9x2", 11, stack("mingru", 9, 9), 7, 4),
        ("model-minlstm-8-17", 9, stack("minlstm", 8, 17), 6, 3),
        ("model-mogrifier-9-5", 10, stack("embedding", 7) + stack("mogrifier", 9, 5), 7, 3),
        ("model-mogrifier-17", 6, stack("embedding", 18) + stack("mogrifier", 17), 5, 4),
        ("model-convolutions", 9, stack("embedding", 6)
         + taps(9, 3, 1, activation="relu") + [{"kind": "layerNorm"}]
         + taps(9, 2, 4, activation="tanh", isResidual=True) + stack("denseReLU", 17)
         + taps(7, 5, 2), 11, 3),
        ("model-janet-17-9", 8, stack("janet", 17, 9), 7, 3),
    ]
    for seed, model in enumerate(models):
        model_fixture(model[0], seed, *model[1:])
    trainings = [
        ("training-lstm-17x2", 20, stack("lstm", 17, 17), 8, 4),
        ("training-gru-9", 13, stack("gru", 9), 7, 3),
        ("training-rnn-33", 15, stack("rnn", 33), 6, 3),
        ("training-embedding-lstm-8", 17, stack("embedding", 5) + stack("lstm", 8), 9, 2),
    ]
    for seed, training in enumerate(trainings):
        training_fixture(training[0], 100 + seed, *training[1:])
    many_to_one_fixture("frames-many-to-one", 200, 21, 9, 5, 7, 25, drops=False)
    many_to_one_fixture("frames-many-to-one-dropout", 204, 5, 6, 4, 3, 10, drops=True)
    mixture_fixture("frames-mixture-3", 201, 17, 9, 3, 0, 4, 3)
    mixture_fixture("frames-mixture-history-5", 202, 19, 8, 5, 4, 9, 2)
    mixture_fixture("frames-mixture-1", 203, 1, 3, 1, 1, 3, 4)
    whole_sequences_fixture("frames-whole-last", 205, "lastStep", 7, 8, [5, 2, 7, 1, 4])
    whole_sequences_fixture("frames-whole-mean", 206, "meanOverTime", 5, 9, [3, 6, 1, 2])
    whole_sequences_fixture("frames-whole-max", 207, "maxOverTime", 9, 16, [4, 4, 1, 5, 2, 3])
    labels_fixture("frames-labels", 205, 17, 9, 21, 7, 3)


if __name__ == "__main__":
    main()
