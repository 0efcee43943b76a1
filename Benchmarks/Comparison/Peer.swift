/// A library that does the same work on the same processor.
package enum Peer: String, CaseIterable, Sendable {
  case pytorch
  case keras
  case mlx
  case onnxruntime

  /// The name that its makers write.
  package var title: String {
    switch self {
    case .pytorch: "PyTorch"
    case .keras: "Keras"
    case .mlx: "MLX"
    case .onnxruntime: "ONNX Runtime"
    }
  }

  /// What speaks for it, from the project's root.
  package var script: String { "Benchmarks/Peers/\(rawValue)_peer.py" }

  /// The Python that `make bench-peers` installs it into, from the project's root.
  package var python: String { ".build/bench-peers/\(rawValue)/bin/python" }

  /// What its environment says about threads. MLX has no other way; the others are told by a call.
  package func environment(threads: Int) -> [String: String] {
    self == .mlx ? ["OPENBLAS_NUM_THREADS": "\(threads)"] : [:]
  }

  /// What keeps it from instructions beyond AVX2 and FMA; nil where nothing can.
  package var heldToAVX2: [String: String]? {
    switch self {
    case .pytorch:
      [
        "ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
      ]
    case .keras: ["ONEDNN_MAX_CPU_ISA": "AVX2"]
    case .mlx: ["OPENBLAS_CORETYPE": "Haswell"]
    case .onnxruntime: nil
    }
  }
}
