/// The kernels of one instruction set: functions over spans of `Float` that know no model.
///
/// These files are compiled twice, as `Kernels` for the processor's baseline and as `KernelsAVX2`
/// with AVX2 and FMA. The two `Arithmetic` are two types; what both offer is written down as the
/// protocol `KernelSet` in `Refrain`, which also chooses between them.
///
/// A matrix lies in *panels*: 16 columns, all rows of them adjacent. A kernel that takes the rows of
/// one panel is given a span of `rows · 16` values.
public enum Arithmetic {}
