/// Which Refrain this is.
public enum RefrainVersion {
  /// Semantic version: what changes the model file or the command line changes the first number.
  public static let version = "0.1.0"
}
