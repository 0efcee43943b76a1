/// The two networks of the lecture *Sequential Modelling*.
extension ModelDescription {
  /// The simple model: one layer of 28 units that says the next of `vocabularySize` letters.
  public static func simpleModel(vocabularySize: Int = 28) -> ModelDescription {
    ModelDescription(input: .tokens(vocabularySize), output: .softmax(vocabularySize)) { LSTM(28) }
  }

  /// The larger model: it reads some frames of a spectrogram (the lecture: 40) and says the next.
  public static func largerModel(bins: Int = 1025) -> ModelDescription {
    ModelDescription(input: .frames(bins), output: .linear(loss: .meanSquaredError)) {
      BatchNorm()
      LSTM(128)
      Dropout(0.2)
      LSTM(128)
      Dropout(0.2)
      LSTM(128)
      LastStep()
      Dropout(0.2)
      Dense(bins, activation: .tanh, weightDecay: 0.001)
      Dense(bins)
    }
  }
}
