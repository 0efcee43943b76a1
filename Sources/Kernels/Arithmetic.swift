/// The kernels of one instruction set: functions over spans of `Float` that know no model.
///
/// These files are compiled three times: as `Kernels` for the processor's baseline, as `KernelsAVX2`
/// with AVX2 and FMA, and as `KernelsAVX512` with AVX-512. The three `Arithmetic` are three types; what
/// all offer is written down as the protocol `KernelSet` in `Refrain`, which also chooses between them.
///
/// A matrix lies in *panels*: 16 columns, all rows of them adjacent. A kernel that takes the rows of
/// one panel is given a span of `rows · 16` values.
public enum Arithmetic {}
