import Foundation
import RefrainMusic
func read(_ p: String) -> [Float] {
  let d = try! Data(contentsOf: URL(filePath: p))
  return d.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
}
func cpu() -> Double {
  var t = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t)
  return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9
}
func stream(_ s: Spectrogram, _ looksAhead: Bool, _ count: Int) -> [Float] {
  var p = StreamingPhase(s.settings, looksAhead: looksAhead)
  let latency = p.latency
  var out: [Float] = []
  for k in 0..<s.frameCount { out += p.append(Array(s[frame: k])) }
  out += p.finish()
  return Array((out.dropFirst(latency) + [Float](repeating: 0, count: s.settings.hop)).prefix(count))
}
let args = CommandLine.arguments
let files = args.dropFirst(2)
let methods: [(String, (Spectrogram, Int) -> [Float])] = [
  ("GL60", { PhaseReconstruction.griffinLim(iterations: 60).sound(from: $0, count: $1) }),
  ("FGLA32", { PhaseReconstruction.fastGriffinLim(iterations: 32).sound(from: $0, count: $1) }),
  ("FGLA60", { PhaseReconstruction.fastGriffinLim(iterations: 60).sound(from: $0, count: $1) }),
  ("PGHI", { PhaseReconstruction.heapIntegration.sound(from: $0, count: $1) }),
  ("PGHI+10", { PhaseReconstruction.standard.sound(from: $0, count: $1) }),
  ("PGHI+32", { PhaseReconstruction.heapIntegrationThenFastGriffinLim(iterations: 32).sound(from: $0, count: $1) }),
  ("RT0", { stream($0, false, $1) }),
  ("RT1", { stream($0, true, $1) }),
]
for (window, hop) in [(1024, 512), (2048, 512), (2048, 256)] {
  var sums = [Double](repeating: 0, count: methods.count)
  var times = sums
  var seconds = 0.0
  print("window \(window) hop \(hop)")
  for f in files {
    let y = read(f)
    var st = SpectrogramSettings()
    st.window = window; st.hop = hop
    let s = ShortTimeFourierTransform(st).spectrogram(of: y)
    seconds += Double(y.count) / 22050
    var line = f.split(separator: "/").last!.description.padding(toLength: 22, withPad: " ", startingAt: 0)
    for (i, m) in methods.enumerated() {
      if args[1] != "all" && !args[1].split(separator: ",").contains(Substring(m.0)) { continue }
      let t = cpu()
      let x = m.1(s, y.count)
      times[i] += cpu() - t
      let c = s.spectralConvergence(of: x)
      sums[i] += c
      line += String(format: " %@ %6.1f", m.0, c)
      if x.contains(where: { !$0.isFinite }) { line += " NAN!" }
    }
    print(line)
  }
  var a = "mean                  ", b = "cpu s per s           "
  for (i, m) in methods.enumerated() {
    a += String(format: " %@ %6.1f", m.0, sums[i] / Double(files.count))
    b += String(format: " %@ %.4f (%.0fx)", m.0, times[i] / seconds, seconds / times[i])
  }
  print(a); print(b)
}
