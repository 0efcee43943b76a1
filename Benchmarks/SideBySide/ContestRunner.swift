internal import Comparison
internal import Foundation
internal import Refrain
internal import RefrainTools

/// Lets Refrain and the peers that are present take turns.
struct ContestRunner {
  let plan: ContestPlan
  let kernels: KernelChoice
  let heldToAVX2: Bool
  /// The Python of each peer that is present.
  let pythons: [Peer: String]

  /// The peers of a contest that are present.
  func peers(of contest: Contest) -> [Peer] {
    contest.row.peers.filter { pythons[$0] != nil }
  }

  /// Runs a contest; peers that drop out are told to `dropped`.
  func run(_ contest: Contest, dropped: (ContestantError) -> Void) throws -> ContestResult {
    defer { Contestant.endAll() }
    let own = try refrain(contest)
    var others: [(peer: Peer, contestant: Contestant, turns: [Turn])] = []
    for peer in peers(of: contest) {
      do { others.append((peer, try start(peer, contest), [])) } catch let error as ContestantError
      {
        dropped(error)
      }
    }
    let processor = ProcessorLimits(threads: contest.threads, kernels: kernels)
    var turns: [Turn] = []
    var limits: [SpeedLimit] = []
    for _ in 0..<plan.rounds {
      turns.append(try own.turn(seconds: plan.seconds))
      var index = 0
      while index < others.count {
        do {
          others[index].turns.append(try others[index].contestant.turn(seconds: plan.seconds))
          index += 1
        } catch let error as ContestantError {
          dropped(error)
          others.remove(at: index)
        }
      }
      limits.append(contest.row.benchmark.limit(of: processor, seconds: plan.seconds / 20))
    }
    var disturbance = own.disturbance
    for other in others { disturbance.add(other.contestant.disturbance) }
    own.end()
    for other in others { other.contestant.end() }
    return ContestResult(
      contest: contest, turns: turns, limits: limits,
      peers: others.map { ($0.peer, $0.turns) }, disturbance: disturbance)
  }

  private func refrain(_ contest: Contest) throws -> Contestant {
    try Contestant(
      name: "Refrain",
      command: [
        Bundle.main.executablePath ?? CommandLine.arguments[0], "measure",
        contest.row.benchmark.name, contest.usesAllCores ? "0" : "\(contest.threads)",
      ], environment: ["REFRAIN_KERNELS": kernels.rawValue])
  }

  private func start(_ peer: Peer, _ contest: Contest) throws -> Contestant {
    var environment = peer.environment(threads: contest.threads)
    if heldToAVX2, let held = peer.heldToAVX2 { environment.merge(held) { $1 } }
    return try Contestant(
      name: "\(peer.title) (\(contest.title))",
      command: [
        pythons[peer] ?? peer.python, peer.script, contest.row.benchmark.name,
        "\(contest.threads)",
      ], environment: environment)
  }
}
