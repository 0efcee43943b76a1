internal import Refrain

/// A song of as many verses as one likes, made from a few phrases: a text to train on that a network
/// can learn in half a minute and that nobody owns.
///
/// Every verse has two rhyming couplets; what comes back after each is the refrain.
public enum NurserySong {
  /// What comes back.
  public static let refrain = """
    Round we go and round again,
    in the sun and in the rain.

    """

  /// A song of `verses` verses; the same for the same seed.
  public static func text(verses: Int, seed: UInt64 = 1) -> String {
    var random = RandomStream(seed: seed, purpose: .shuffling)
    var text = ""
    for _ in 0..<verses {
      let animal = animals.random(&random)
      let first = couplets.random(&random)
      text += "A \(adjectives.random(&random)) \(animal) \(first.arrivals.random(&random)),\n"
      text += "\(first.deeds.random(&random)).\n"
      let second = answers.random(&random)
      text += "\"\(second.questions.random(&random)),\" said the \(animal) to me,\n"
      text += "\"\(second.replies.random(&random)).\"\n"
      text += refrain + "\n"
    }
    return text
  }

  private static let adjectives = [
    "little", "merry", "sleepy", "clever", "hungry", "gentle", "silver", "muddy", "proud",
    "tiny", "silly", "brave", "quiet", "dancing",
  ]
  private static let animals = [
    "mouse", "fox", "hen", "goose", "cat", "bear", "frog", "lamb", "pony", "hedgehog", "sparrow",
    "snail", "rabbit", "duck", "badger", "bee",
  ]

  /// Two lines that rhyme: where the animal came, and what it did there.
  private struct Couplet {
    let arrivals: [String]
    let deeds: [String]
  }

  private static let couplets = [
    Couplet(
      arrivals: ["came over the hill", "lived by the mill", "sat on the sill"],
      deeds: [
        "and sang to the moon when the wind was still",
        "and drank all the milk that I dared to spill",
        "and danced till the evening was cold and chill",
      ]),
    Couplet(
      arrivals: ["walked down the lane", "rode in on a train", "looked in at the pane"],
      deeds: [
        "and carried a basket of yellow grain", "and asked for a coat to keep off the rain",
        "and whistled a tune with a sweet refrain",
      ]),
    Couplet(
      arrivals: ["came into the town", "rolled all the way down", "had lost half a crown"],
      deeds: [
        "and bought the baker a paper gown", "and met a king with a painted frown",
        "and turned all the signposts upside down",
      ]),
    Couplet(
      arrivals: ["knocked at the door", "sat down on the floor", "ran up from the shore"],
      deeds: [
        "and counted the apples from one to four", "and told me a story of long before",
        "and ate up a bun and then asked for more",
      ]),
    Couplet(
      arrivals: ["came late in the night", "went out for a flight", "was quite a fine sight"],
      deeds: [
        "and held up a lantern to give us light", "and painted the fences in blue and white",
        "and wished all the stars in the sky good night",
      ]),
  ]

  /// What is asked, and what is said to it; the last words rhyme with “me”.
  private struct Answer {
    let questions: [String]
    let replies: [String]
  }

  private static let answers = [
    Answer(
      questions: ["Where is the kettle", "What is for supper", "Who has the honey"],
      replies: [
        "I have come a long way for a cup of tea",
        "There are biscuits for two but we might be three",
      ]),
    Answer(
      questions: ["Where does the river go", "What do the seagulls say", "Who has a little boat"],
      replies: [
        "I should like to go sailing across the sea", "I have only one ticket, but that is free",
      ]),
    Answer(
      questions: [
        "Where shall I hang my hat", "What is that humming sound", "Who wound the old clock",
      ],
      replies: [
        "I have hidden the spoons in the apple tree", "I was looking all day for the golden key",
      ]),
  ]
}

extension Array {
  fileprivate func random(_ random: inout RandomStream) -> Element {
    self[Int(random.next() % UInt64(count))]
  }
}
