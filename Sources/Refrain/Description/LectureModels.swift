extension ModelDescription {
  /// The larger model of the lecture *Sequential Modelling*: it reads some frames of a spectrogram (the
  /// lecture: 40) and predicts the next.
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
