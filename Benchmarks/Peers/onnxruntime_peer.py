"""ONNX Runtime on the CPU: one step of the network per call, the state handed from call to call, the
token drawn with NumPy. The graph is written here, with random weights."""

import importlib.util
import multiprocessing

import protocol


def load():
    import numpy
    import onnxruntime

    if not importlib.util.find_spec("onnx"):
        raise ImportError("No module named 'onnx'")
    return onnxruntime.__version__, prepare


def graph(work):
    """The network as an ONNX model: `x` one-hot `[1, 1, V]`, `h` (and `c`) `[L, 1, H]`."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    random = np.random.default_rng(1)
    gates = {"lstm": 4, "gru": 3, "rnn": 1}[work.cell]
    states = ["h", "c"] if work.cell == "lstm" else ["h"]
    weights, nodes = [], []

    def weight(name, *shape):
        values = random.uniform(-1, 1, shape).astype(np.float32) / np.sqrt(work.hidden)
        weights.append(numpy_helper.from_array(values.astype(np.float32), name))
        return name

    def node(kind, inputs, outputs, **attributes):
        nodes.append(helper.make_node(kind, inputs, outputs, **attributes))

    rows, attributes = gates * work.hidden, {"hidden_size": work.hidden}
    if work.cell == "gru":
        attributes["linear_before_reset"] = 1
    weights.append(numpy_helper.from_array(np.array([1], np.int64), "direction"))
    for state in states:
        node("Split", [state], [f"{state}{i}" for i in range(work.layers)], axis=0,
             num_outputs=work.layers)
    below, size = "x", work.vocabulary
    for i in range(work.layers):
        inputs = [below, weight(f"w{i}", 1, rows, size), weight(f"r{i}", 1, rows, work.hidden)]
        inputs += [weight(f"b{i}", 1, 2 * rows), ""] + [f"{state}{i}" for state in states]
        outputs = [f"y{i}"] + [f"{state}{i}_next" for state in states]
        node(work.cell.upper(), inputs, outputs, **attributes)
        node("Squeeze", [f"y{i}", "direction"], [f"below{i + 1}"])
        below, size = f"below{i + 1}", work.hidden
    node("MatMul", [below, weight("v", work.hidden, work.vocabulary)], ["sums"])
    node("Add", ["sums", weight("bias", work.vocabulary)], ["logits"])
    for state in states:
        node("Concat", [f"{state}{i}_next" for i in range(work.layers)], [f"{state}_next"], axis=0)

    def value(name, *shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    kept = (work.layers, 1, work.hidden)
    inputs = [value("x", 1, 1, work.vocabulary)] + [value(state, *kept) for state in states]
    outputs = [value("logits", 1, 1, work.vocabulary)]
    outputs += [value(f"{state}_next", *kept) for state in states]
    model = helper.make_model(
        helper.make_graph(nodes, "step", inputs, outputs, weights),
        opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return model.SerializeToString(), states


def prepare(work, threads):
    import numpy as np
    import onnxruntime

    if work.trains:
        raise SystemExit("ONNX Runtime is compared in generation only.")
    # In a process of its own: the memory that writing a graph takes is not what running it takes.
    with multiprocessing.get_context("fork").Pool(1) as pool:
        model, states = pool.apply(graph, [work])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    random = np.random.default_rng(1)
    x = np.zeros((1, 1, work.vocabulary), np.float32)
    state = [np.zeros((work.layers, 1, work.hidden), np.float32) for _ in states]

    def generate():
        nonlocal state
        for _ in range(16):
            logits, *state = session.run(None, {"x": x, **dict(zip(states, state))})
            chances = np.exp(logits[0, 0] - logits.max())
            sums = chances.cumsum()
            token = np.searchsorted(sums, random.random() * sums[-1])
            x[:] = 0
            x[0, 0, min(token, work.vocabulary - 1)] = 1
        return 16

    return generate


protocol.serve(load)
