"""Keras on TensorFlow's CPU build: the training step compiled by tf.function. It does not carry the
state from batch to batch."""

import os

import protocol

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def load():
    import keras
    import tensorflow

    return f"{keras.__version__} (TensorFlow {tensorflow.__version__})", prepare


def prepare(work, threads):
    import keras
    import tensorflow as tf

    if not work.trains:
        raise SystemExit("Keras is compared in training only.")
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    keras.utils.set_random_seed(1)
    layers = keras.layers
    unit = {"lstm": layers.LSTM, "gru": layers.GRU, "rnn": layers.SimpleRNN}[work.cell]
    inputs = keras.Input((work.steps, work.vocabulary), batch_size=work.sequences)
    values = inputs
    for _ in range(work.layers):
        values = unit(work.hidden, return_sequences=True)(values)
    model = keras.Model(inputs, layers.Dense(work.vocabulary)(values))
    adam = keras.optimizers.Adam(2e-3, global_clipnorm=5.0)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    shape = (8, 2, work.sequences, work.steps)
    batches = tf.random.uniform(shape, maxval=work.vocabulary, dtype=tf.int32)
    batches = [(pair[0], pair[1]) for pair in tf.unstack(batches)]
    count = 0

    @tf.function
    def step(tokens, targets):
        with tf.GradientTape() as tape:
            value = loss(targets, model(tf.one_hot(tokens, work.vocabulary), training=True))
        gradients = tape.gradient(value, model.trainable_variables)
        adam.apply_gradients(zip(gradients, model.trainable_variables))
        return value

    def train():
        nonlocal count
        step(*batches[count % len(batches)]).numpy()
        count += 1
        return work.steps * work.sequences

    return train


protocol.serve(load)
