import Foundation

/// The path of `shared/data/tinyshakespeare.txt` beside the project, or beside a folder that it lies in;
/// nil where it is not, and tests that use it are skipped.
package let tinyShakespeare: String? = {
  var folder = URL(filePath: #filePath)
  while folder.pathComponents.count > 1 {
    folder.deleteLastPathComponent()
    let file = folder.appending(path: "shared/data/tinyshakespeare.txt")
    if FileManager.default.fileExists(atPath: file.path) { return file.path }
  }
  return nil
}()
