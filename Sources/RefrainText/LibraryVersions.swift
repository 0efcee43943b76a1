internal import CZlib

/// The versions of the libraries that this module works with.
public enum LibraryVersions {
  /// zlib's, as it runs here.
  public static var zlib: String { String(cString: zlibVersion()) }
}
