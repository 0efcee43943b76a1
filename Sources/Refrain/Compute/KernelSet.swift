import CPUFeatures
import Kernels
import KernelsAVX2
import KernelsAVX512

/// The kernels of one instruction set; what each does is said where it is written, in `Kernels`. Those of
/// recurrent units are named where the units are declared, in `BuiltInUnits.swift`.
///
/// A network calls them through this protocol's witness table, once per panel and range of rows,
/// never per element.
package protocol KernelSet {
  static func multiplyPanel(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, stride: Int, panels: Int, _ b: Span<Float>,
    bias: Span<Float>, accumulate: Bool)
  static func multiplyFourPanels(
    _ c0: inout MutableSpan<Float>, _ c1: inout MutableSpan<Float>,
    _ c2: inout MutableSpan<Float>, _ c3: inout MutableSpan<Float>, _ a: Span<Float>, stride: Int,
    panels: Int, _ b0: Span<Float>, _ b1: Span<Float>, _ b2: Span<Float>, _ b3: Span<Float>)
  static func multiplyPanelOfHalves(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, stride: Int, panels: Int, _ b: Span<UInt16>,
    bias: Span<Float>, accumulate: Bool)
  static func multiplyPanelOfBytes(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, stride: Int, panels: Int, _ b: Span<Int8>,
    scales: Span<Float>, bias: Span<Float>, accumulate: Bool)
  static func multiplyTransposed(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, _ b: Span<Float>, accumulate: Bool)
  static func fill(_ c: inout MutableSpan<Float>, _ bias: Span<Float>)
  static func transposeBlocks(_ out: inout MutableSpan<Float>, _ x: Span<Float>, stride: Int)

  static func mogrifyForward(
    factors: inout MutableSpan<Float>, vector: Span<Float>, altered: inout MutableSpan<Float>)
  static func mogrifyBackward(
    factors: inout MutableSpan<Float>, vector: Span<Float>, gradient: inout MutableSpan<Float>)

  static func gatherRows(
    _ out: inout MutableSpan<Float>, table: Span<Float>, indices: Span<Int32>, bias: Span<Float>)
  static func scatterAddRows(
    _ table: inout MutableSpan<Float>, rows: Span<Float>, indices: Span<Int32>)
  static func gatherHalves(
    _ out: inout MutableSpan<Float>, table: Span<UInt16>, stride: Int, column: Int,
    indices: Span<Int32>)

  static func rowMaxima(_ maxima: inout MutableSpan<Float>, _ z: Span<Float>, columns: Int)
  static func reduceMaxima(_ out: inout MutableSpan<Float>, _ partial: Span<Float>)
  static func reduceSums(_ out: inout MutableSpan<Float>, _ partial: Span<Float>)
  static func exponentials(
    _ z: inout MutableSpan<Float>, maxima: Span<Float>, sums: inout MutableSpan<Float>,
    columns: Int)
  static func scaleRows(_ x: inout MutableSpan<Float>, by factors: Span<Float>)
  static func addProducts(
    _ sums: inout MutableSpan<Float>, _ a: Span<Float>, _ b: Span<Float>)
  static func softmaxGradient(
    _ dp: inout MutableSpan<Float>, _ p: Span<Float>, sums: Span<Float>)
  static func logSumExponentials(
    _ logarithms: inout MutableSpan<Float>, sums: Span<Float>, maxima: Span<Float>)

  static func clear(_ x: inout MutableSpan<Float>)
  static func copy(_ out: inout MutableSpan<Float>, _ x: Span<Float>)
  static func multiply(_ out: inout MutableSpan<Float>, _ a: Span<Float>, _ b: Span<Float>)
  static func maximum(_ x: inout MutableSpan<Float>, _ y: Span<Float>)
  static func giveToMaximum(
    _ dx: inout MutableSpan<Float>, left: inout MutableSpan<Float>, _ x: Span<Float>,
    maximum: Span<Float>)
  static func tanhForward(_ x: inout MutableSpan<Float>)
  static func tanhBackward(_ dy: inout MutableSpan<Float>, output y: Span<Float>)
  static func reluForward(_ x: inout MutableSpan<Float>)
  static func reluBackward(_ dy: inout MutableSpan<Float>, output y: Span<Float>)
  static func columnSums(_ out: inout MutableSpan<Float>, _ x: Span<Float>)
  static func sumOfSquares(_ x: Span<Float>) -> Double
  static func dropoutMask(
    _ mask: inout MutableSpan<Float>, rate: Float, seed: UInt64, stream: UInt32, step: UInt64,
    firstRow: Int, panel: Int)
  static func addNoise(
    _ out: inout MutableSpan<Float>, _ x: Span<Float>, amplitude: Float, columns: Int,
    seed: UInt64, stream: UInt32, step: UInt64, firstRow: Int, panel: Int)

  static func columnSquares(
    _ out: inout MutableSpan<Float>, _ x: Span<Float>, mean: Span<Float>)
  static func columnProducts(
    _ out: inout MutableSpan<Float>, _ dy: Span<Float>, _ x: Span<Float>, mean: Span<Float>)
  static func scaleColumns(
    _ out: inout MutableSpan<Float>, _ x: Span<Float>, factors: Span<Float>, offsets: Span<Float>)
  static func subtractScaledColumns(
    _ x: inout MutableSpan<Float>, _ y: Span<Float>, factors: Span<Float>)
  static func combineColumns(
    _ out: inout MutableSpan<Float>, _ a: Span<Float>, _ p: Span<Float>, _ b: Span<Float>,
    _ q: Span<Float>, _ r: Span<Float>)

  static func rowMoments(
    means: inout MutableSpan<Float>, inverses: inout MutableSpan<Float>, _ x: Span<Float>,
    stride: Int, rows: Int, columns: Int, epsilon: Float)
  static func normalizeRows(
    _ out: inout MutableSpan<Float>, _ x: Span<Float>, means: Span<Float>, inverses: Span<Float>,
    factors: Span<Float>, offsets: Span<Float>)
  static func normalizedProducts(
    _ out: inout MutableSpan<Float>, _ dy: Span<Float>, _ x: Span<Float>, means: Span<Float>,
    inverses: Span<Float>)
  static func normalizedMeans(
    gradients: inout MutableSpan<Float>, products: inout MutableSpan<Float>, _ dy: Span<Float>,
    dyStride: Int, _ x: Span<Float>, xStride: Int, means: Span<Float>, inverses: Span<Float>,
    factors: Span<Float>, columns: Int)
  static func normalizeRowsBackward(
    _ dx: inout MutableSpan<Float>, _ dy: Span<Float>, _ x: Span<Float>, means: Span<Float>,
    inverses: Span<Float>, factors: Span<Float>, gradients: Span<Float>, products: Span<Float>,
    columns: Int)

  static func squaredErrors(
    _ sums: inout MutableSpan<Float>, _ y: Span<Float>, target: Span<Float>)
  static func errorGradient(
    _ out: inout MutableSpan<Float>, _ y: Span<Float>, target: Span<Float>, factors: Span<Float>)
  static func subtract(_ x: inout MutableSpan<Float>, _ y: Span<Float>)
  static func addScaled(_ x: inout MutableSpan<Float>, _ y: Span<Float>, factor: Float)
  static func gaussianLogDensities(
    _ sums: inout MutableSpan<Float>, mean: Span<Float>, logDeviation: Span<Float>,
    target: Span<Float>, columns: Int)
  static func gaussianGradients(
    mean: inout MutableSpan<Float>, logDeviation: inout MutableSpan<Float>, target: Span<Float>,
    factors: Span<Float>, columns: Int)

  static func labelLosses(
    _ sums: inout MutableSpan<Float>, _ z: Span<Float>, target: Span<Float>, columns: Int)
  static func labelGradient(
    _ z: inout MutableSpan<Float>, target: Span<Float>, factors: Span<Float>, columns: Int)

  static func adam(
    _ weights: inout MutableSpan<Float>, _ gradients: Span<Float>,
    first m: inout MutableSpan<Float>, second v: inout MutableSpan<Float>, scale: Float,
    rate: Float, correction: Float, beta1: Float, gain1: Float, beta2: Float, gain2: Float,
    epsilon: Float, decay: Float)
  static func rmsProp(
    _ weights: inout MutableSpan<Float>, _ gradients: Span<Float>,
    second v: inout MutableSpan<Float>, scale: Float, rate: Float, smoothing: Float,
    gain: Float, epsilon: Float, decay: Float)
  static func momentum(
    _ weights: inout MutableSpan<Float>, _ gradients: Span<Float>,
    velocity b: inout MutableSpan<Float>, scale: Float, rate: Float, momentum: Float,
    decay: Float)

  static func repeatMultiplyAdd(
    _ x: inout MutableSpan<Float>, factor: Float, addend: Float, chains: Int, repeats: Int
  ) -> Int
  static func sum(_ x: Span<Float>) -> Float
}

extension Kernels.Arithmetic: KernelSet {}
extension KernelsAVX2.Arithmetic: KernelSet {}
extension KernelsAVX512.Arithmetic: KernelSet {}
