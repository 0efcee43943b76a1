// Short programs for what is done most often, one in each file beside this one:
//
//     swift run -c release ShortPrograms train-on-table speakers.csv speaker speakers-run
import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch (arguments.first, arguments.count) {
  case ("train-on-text", 3): try await trainOnText(arguments[1], to: arguments[2])
  case ("train-on-sound", 3): try await trainOnSound(arguments[1], to: arguments[2])
  case ("train-on-table", 4):
    try await trainOnTable(arguments[1], predicting: arguments[2], to: arguments[3])
  case ("generate", 3): try generate(with: arguments[1], after: arguments[2])
  case ("stream", 3): try stream(arguments[1], seconds: Double(arguments[2]) ?? 10)
  case ("own-unit", 2): try await trainOwnUnit(modelFile: arguments[1])
  case ("read-model", 2): try readModelFile(arguments[1])
  case ("evaluate-text", 3): try evaluateText(arguments[1], on: arguments[2])
  case ("evaluate-table", 3): try evaluateTable(arguments[1], on: arguments[2])
  case ("predict", 3): try predict(arguments[1], for: arguments[2])
  default:
    print(
      """
      train-on-text TEXT RUN              generate MODEL PROMPT
      train-on-sound RECORDINGS RUN       stream MODEL SECONDS | aplay -f S16_LE -c 1 -r 8000
      train-on-table TABLE COLUMN RUN     predict MODEL TABLE
      evaluate-text MODEL TEXT            evaluate-table MODEL TABLE
      own-unit MODEL.safetensors          read-model MODEL
      """)
    exit(2)
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
