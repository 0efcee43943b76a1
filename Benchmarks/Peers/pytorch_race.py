"""Trains an LSTM on the characters of a text for some minutes and prints its validation losses.

Each line of the output is an evaluation: {"seconds", "tokens", "loss"}. As in Refrain, the last
tenth of the text is for validation, the text is read as parallel streams whose state is carried
from batch to batch, dropout follows every layer, and the learning rate falls along a cosine. The
seconds are those of the clock since the script began, evaluations included.
"""

import argparse
import json
import math
import time

BEGIN = time.monotonic()

import torch
from torch import nn
from torch.nn import functional

EVALUATIONS = 15
VALIDATION_STREAMS = 32
VALIDATION_STEPS = 64
WARM_UP = 100


class Model(nn.Module):
    def __init__(self, vocabulary, hidden, layers, dropout):
        super().__init__()
        between = dropout if layers > 1 else 0
        self.vocabulary = vocabulary
        self.recurrent = nn.LSTM(vocabulary, hidden, layers, dropout=between)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(hidden, vocabulary)
        for name, parameter in self.recurrent.named_parameters():
            if name.startswith("bias_ih"):
                parameter.data[hidden : 2 * hidden] = 1  # the forget gate

    def forward(self, tokens, state=None):
        inputs = functional.one_hot(tokens, self.vocabulary).float()
        hidden, state = self.recurrent(inputs, state)
        return self.output(self.dropout(hidden)), state


def loss_of(logits, targets, reduction="mean"):
    return functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction=reduction)


@torch.no_grad()
def evaluate(model, text):
    """The mean loss on a text, read as streams that begin some characters early."""
    model.eval()
    length = (len(text) - 1) // VALIDATION_STREAMS
    begins = [max(stream * length - WARM_UP, 0) for stream in range(VALIDATION_STREAMS)]
    ends = [begin + WARM_UP + length for begin in begins]
    tokens = torch.stack([text[b : e + 1] for b, e in zip(begins, ends)], dim=1)
    _, state = model(tokens[:WARM_UP])
    total = 0.0
    for at in range(WARM_UP, len(tokens) - 1, VALIDATION_STEPS):
        part = tokens[at : at + VALIDATION_STEPS + 1]
        logits, state = model(part[:-1], state)
        total += loss_of(logits, part[1:], "sum").item()
    model.train()
    return total / (length * VALIDATION_STREAMS)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--hidden", type=int, required=True)
    parser.add_argument("--layers", type=int, required=True)
    parser.add_argument("--dropout", type=float, required=True)
    parser.add_argument("--batch-size", type=int, required=True)
    parser.add_argument("--sequence-length", type=int, required=True)
    parser.add_argument("--learning-rate", type=float, required=True)
    parser.add_argument("--warmup", type=int, required=True)
    parser.add_argument("--clip", type=float, required=True)
    parser.add_argument("--weight-decay", type=float, default=0)
    parser.add_argument("--threads", type=int, default=0)
    return parser.parse_args()


def main():
    options = arguments()
    torch.manual_seed(1)
    if options.threads > 0:
        torch.set_num_threads(options.threads)
    text = open(options.text, encoding="utf-8", newline="").read()
    numbers = {symbol: number for number, symbol in enumerate(sorted(set(text)))}
    tokens = torch.tensor([numbers[symbol] for symbol in text])
    split = len(tokens) - len(tokens) // 10
    training, validation = tokens[:split], tokens[split:]
    batch, steps = options.batch_size, options.sequence_length
    length = (len(training) - 1) // batch
    inputs = training[: batch * length].view(batch, length).t().contiguous()
    targets = training[1 : batch * length + 1].view(batch, length).t().contiguous()

    model = Model(len(numbers), options.hidden, options.layers, options.dropout)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=options.learning_rate, weight_decay=options.weight_decay
    )
    limit = options.minutes * 60
    state, at, step, evaluations = None, 0, 0, 0
    while True:
        seconds = time.monotonic() - BEGIN
        if seconds >= limit * (evaluations + 1) / EVALUATIONS:
            evaluations += 1
            loss = evaluate(model, validation)
            point = {
                "seconds": round(time.monotonic() - BEGIN, 3),
                "tokens": step * batch * steps,
                "loss": loss,
            }
            print(json.dumps(point), flush=True)
            if seconds >= limit:
                break
        if at + steps > length:
            state, at = None, 0
        growth = min((step + 1) / (options.warmup + 1), 1)
        fall = 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * min(seconds / limit, 1)))
        optimizer.param_groups[0]["lr"] = options.learning_rate * growth * fall
        logits, state = model(inputs[at : at + steps], state)
        state = tuple(part.detach() for part in state)
        optimizer.zero_grad()
        loss_of(logits, targets[at : at + steps]).backward()
        if options.clip > 0:
            nn.utils.clip_grad_norm_(model.parameters(), options.clip)
        optimizer.step()
        at += steps
        step += 1


if __name__ == "__main__":
    main()
