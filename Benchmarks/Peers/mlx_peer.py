"""MLX on the CPU: what an array library by Apple, known to Swift users, does with the same work. It has
no setting for threads."""

import protocol


def load():
    import mlx.core as mx

    return mx.__version__, prepare


def prepare(work, threads):
    import mlx.core as mx
    from mlx import nn, optimizers

    if not work.trains:
        raise SystemExit("MLX is compared in training only.")
    mx.set_default_device(mx.cpu)
    mx.random.seed(1)
    unit = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}[work.cell]

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            sizes = [work.vocabulary] + [work.hidden] * work.layers
            self.recurrent = [unit(i, o) for i, o in zip(sizes, sizes[1:])]
            self.output = nn.Linear(work.hidden, work.vocabulary)

        def __call__(self, tokens):
            values = mx.eye(work.vocabulary)[tokens]
            for layer in self.recurrent:
                values = layer(values)
                values = values[0] if isinstance(values, tuple) else values
            return self.output(values)

    model = Model()
    adam = optimizers.Adam(2e-3)
    shape = (8, 2, work.sequences, work.steps)
    batches = mx.random.randint(0, work.vocabulary, shape)
    mx.eval(model.parameters(), batches)

    def loss(tokens, targets):
        return nn.losses.cross_entropy(model(tokens), targets, reduction="mean")

    gradient = nn.value_and_grad(model, loss)
    count = 0

    def train():
        nonlocal count
        tokens, targets = batches[count % len(batches)]
        count += 1
        value, gradients = gradient(tokens, targets)
        gradients, _ = optimizers.clip_grad_norm(gradients, 5.0)
        adam.update(model, gradients)
        mx.eval(model.parameters(), adam.state, value)
        return work.steps * work.sequences

    return train


protocol.serve(load)
