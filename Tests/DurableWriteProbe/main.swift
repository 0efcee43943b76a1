// Does what a training does with its model file, in a process of its own that a test can kill or
// whose system calls it can make fail: `start PATH` clears what an earlier process left, `write
// PATH VALUE` saves a hashed file that holds VALUE.

import RefrainFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

func stop(_ sentence: String, status: Int32) -> Never {
  let bytes = Array((sentence + "\n").utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
  exit(status)
}

let arguments = CommandLine.arguments

switch (arguments.dropFirst().first, arguments.count) {
case ("start", 3):
  print(DurableFile.removeLeftovers(beside: arguments[2]))
case ("write", 4):
  do {
    let value = Float(arguments[3]) ?? 0
    let numbers = [Float](repeating: value, count: 1000)
    let file = SafeTensors(tensors: [.init(name: "value", shape: [1000], floats: numbers)])
    try DurableFile.write(file.encoded(hashed: true), to: arguments[2])
  } catch {
    stop("\(error)", status: 1)
  }
default:
  stop("usage: DurableWriteProbe start PATH | write PATH VALUE", status: 64)
}
