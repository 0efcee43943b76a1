// Draws the gates and the cell state of an LSTM while it reads, letter by letter or word by word.
//
//     GatesOverTime MODEL SENTENCE PICTURE.svg
//
// MODEL is a run folder or a model file: of text, or of a table whose input is text.
import Charts
import Foundation
import Refrain
import RefrainRuns
import RefrainTables

/// Ends with a sentence.
func stop(_ sentence: String) -> Never {
  FileHandle.standardError.write(Data((sentence + "\n").utf8))
  exit(1)
}

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
  stop("Name a model, a sentence and the picture to write.")
}
let model = try TrainedModel(arguments[1])

/// What it reads, if that is text.
func vocabulary() throws -> Vocabulary {
  if let vocabulary = model.file.vocabulary { return vocabulary }
  guard case .text(let vocabulary) = try model.record(of: TableMaterial.self).task.input
  else {
    stop("\(model.path) reads no text.")
  }
  return vocabulary
}

let tokens = try vocabulary().encode(arguments[2]).tokens
let workspace = Workspace(model.network, steps: tokens.count, sequences: 1, mode: .inference)
let nothing = [Int32](repeating: -1, count: tokens.count)
workspace.forward(Batch(steps: tokens.count, sequences: 1, tokens: tokens, targets: nothing))

// The units that forget least stand first in every band.
let activities = workspace.activity().filter { $0.name.hasSuffix("gate") || $0.name == "cell" }
guard let forgetting = activities.first(where: { $0.name == "forget gate" }) else {
  stop("The first recurrent layer of \(model.path) has no forget gate.")
}
let units = forgetting.values[0].indices.sorted { one, other in
  forgetting.values.reduce(0) { $0 + $1[one] } > forgetting.values.reduce(0) { $0 + $1[other] }
}
let bands = activities.map { activity in
  HeatMap.Band(
    activity.name, rows: units.map { unit in activity.values.map { Double($0[unit]) } },
    activity.name.hasSuffix("gate") ? .fromZeroToOne : .fromMinusOneToOne)
}
let read = try tokens.map { try vocabulary().decode([$0]) }
let map = HeatMap(title: "Gates and cell state at each time step", columns: read, bands: bands)
try map.svg.write(toFile: arguments[3], atomically: true, encoding: .utf8)
