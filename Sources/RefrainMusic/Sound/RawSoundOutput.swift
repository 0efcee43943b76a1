internal import Foundation

/// Passes samples on as they are made, as 16-bit little-endian numbers, the channels
/// interleaved: what `aplay -f S16_LE` and other players read from a pipe.
public struct RawSoundOutput: ~Copyable {
  /// Channels of what is passed on, at least 1.
  public let channelCount: Int
  /// Samples beyond full scale so far, which were cut off there.
  public private(set) var clippedSamples = 0
  /// Samples so far that were no numbers and were passed on as 0.
  public private(set) var notNumbers = 0
  private let descriptor: Int32

  /// - Parameters:
  ///   - descriptor: an open file, pipe or terminal; it stays open. 1 is standard output.
  ///   - channels: 1 or more.
  public init(descriptor: Int32 = 1, channels: Int = 1) {
    precondition(channels >= 1, "sound has at least one channel")
    self.descriptor = descriptor
    channelCount = channels
  }

  /// Passes samples on, and returns when all are taken.
  ///
  /// - Parameter channels: all of the same length. `[channelCount][frames]`
  /// - Throws: ``SoundError/outputClosed`` if whoever read has gone, which does not end the process
  ///   as it otherwise would; ``SoundError/cannotSend(reason:)``.
  public mutating func write(_ channels: [[Float]]) throws(SoundError) {
    precondition(channels.count == channelCount, "as many channels are passed on as were named")
    let count = channels[0].count
    precondition(channels.allSatisfy { $0.count == count }, "channels are of the same length")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * count * channelCount)
    for frame in 0..<count {
      for channel in channels {
        let sample = UInt16(bitPattern: whole(channel[frame]))
        bytes.append(UInt8(truncatingIfNeeded: sample))
        bytes.append(UInt8(sample >> 8))
      }
    }
    let code = withoutPipeSignal { send(bytes) }
    if code == EPIPE { throw .outputClosed }
    if code != 0 { throw .cannotSend(reason: String(cString: strerror(code)).lowercased()) }
  }

  private mutating func whole(_ sample: Float) -> Int16 {
    guard sample.isFinite else {
      notNumbers += 1
      return 0
    }
    if abs(sample) > 1 { clippedSamples += 1 }
    return Int16(max(min((sample * 32_768).rounded(), 32_767), -32_768))
  }

  /// - Returns: the system's error number; 0: none.
  private func send(_ bytes: [UInt8]) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var sent = 0
      while sent < buffer.count {
        let count = Foundation.write(descriptor, buffer.baseAddress! + sent, buffer.count - sent)
        if count >= 0 {
          sent += count
        } else if errno == EAGAIN {
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&waiting, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }
}

/// Calls `body`; should it write to a pipe that nobody reads, the signal that would end the process
/// is taken away. Other threads, and a handler that the program has set, see nothing of it.
private func withoutPipeSignal(_ body: () -> Int32) -> Int32 {
  var (pipe, before, pending) = (sigset_t(), sigset_t(), sigset_t())
  sigemptyset(&pipe)
  sigaddset(&pipe, SIGPIPE)
  sigpending(&pending)
  let wasPending = sigismember(&pending, SIGPIPE) == 1
  pthread_sigmask(SIG_BLOCK, &pipe, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  let code = body()
  sigpending(&pending)
  if code == EPIPE, !wasPending, sigismember(&pending, SIGPIPE) == 1 {
    var signal: Int32 = 0
    sigwait(&pipe, &signal)
  }
  return code
}
