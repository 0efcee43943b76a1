"""PyTorch on the CPU, as its users write it: torch.nn layers, cross entropy or squared error, clipping, Adam."""

import protocol


def load():
    import torch

    return torch.__version__, prepare


def prepare(work, threads):
    import torch
    from torch import nn
    from torch.nn import functional

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    if work.cell == "music":
        return train_music(work)
    unit = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}[work.cell]
    recurrent = unit(work.vocabulary, work.hidden, work.layers)
    output = nn.Linear(work.hidden, work.vocabulary)

    def forward(tokens, state):
        values, state = recurrent(functional.one_hot(tokens, work.vocabulary).float(), state)
        return output(values), state

    def detached(state):
        return tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()

    parameters = [*recurrent.parameters(), *output.parameters()]
    state = None

    if not work.trains:
        token = torch.zeros(1, 1, dtype=torch.long)

        @torch.inference_mode()
        def generate():
            nonlocal token, state
            for _ in range(16):
                logits, state = forward(token, state)
                token = torch.multinomial(functional.softmax(logits.view(-1), -1), 1).view(1, 1)
            return 16

        return generate

    adam = torch.optim.Adam(parameters, lr=2e-3)
    shape = (8, 2, work.steps, work.sequences)
    batches = torch.randint(0, work.vocabulary, shape)
    count = 0

    def train():
        nonlocal state, count
        inputs, targets = batches[count % len(batches)]
        count += 1
        logits, state = forward(inputs, state)
        state = detached(state)
        loss = functional.cross_entropy(logits.view(-1, work.vocabulary), targets.reshape(-1))
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 5.0)
        adam.step()
        return work.steps * work.sequences

    return train


def train_music(work):
    """The lecture's larger model: from some frames of 1,025 values to the next."""
    import torch
    from torch import nn
    from torch.nn import functional

    bins, hidden = 1025, 128

    class Music(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = nn.BatchNorm1d(bins)
            self.recurrent = nn.LSTM(bins, hidden, 3, dropout=0.2)
            self.dropout = nn.Dropout(0.2)
            self.dense = nn.Linear(hidden, bins)
            self.output = nn.Linear(bins, bins)

        def forward(self, frames):
            normal = self.norm(frames.flatten(0, 1)).view_as(frames)
            values, _ = self.recurrent(normal)
            return self.output(torch.tanh(self.dense(self.dropout(values[-1]))))

    model = Music()
    decayed = model.dense.weight
    others = [p for p in model.parameters() if p is not decayed]
    adam = torch.optim.Adam(
        [{"params": others}, {"params": [decayed], "weight_decay": 1e-3}], lr=1e-3
    )
    batches = 2 * torch.rand(8, work.steps + 1, work.sequences, bins) - 1
    count = 0

    def train():
        nonlocal count
        frames = batches[count % len(batches)]
        count += 1
        loss = functional.mse_loss(model(frames[:-1]), frames[-1])
        adam.zero_grad()
        loss.backward()
        adam.step()
        return work.steps * work.sequences

    return train


protocol.serve(load)
