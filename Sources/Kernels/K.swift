/// Replaced by the kernels.
let placeholder = 0
