#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that are there whole or not at all: the new bytes are written beside the target, brought
/// to the disk, and only then given the target's name.
///
/// The process may be killed or the power may fail at any moment: under the target's name is the
/// old file or the new one, never a mixture.
public enum DurableFile {
  /// Writes `bytes` to the file at `path`, replacing what is there.
  ///
  /// A file that is replaced keeps its permissions, less those the process's mask forbids; a
  /// symbolic link is replaced by the file, not followed.
  ///
  /// - Throws: ``FileError/unwritable(path:code:)``, and then the old file is untouched and nothing
  ///   is left beside it; or ``FileError/folderNotSynced(path:code:)``, and then the new one is in
  ///   its place.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let target = WriteTarget(path)
    guard !target.name.isEmpty else {
      throw FileError.unwritable(path: path, code: path.isEmpty ? ENOENT : EISDIR)
    }
    // The folder is opened first: what fails here has changed nothing yet.
    let folder = retryingInterrupted { open(target.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard folder >= 0 else { throw FileError.unwritable(path: path, code: errno) }
    defer { close(folder) }

    let temporary: (path: String, descriptor: Int32)
    do { temporary = try target.createTemporary() } catch {
      throw FileError.unwritable(path: path, code: error.code)
    }
    do {
      try fill(temporary.descriptor, with: bytes, path: path)
      guard rename(temporary.path, path) == 0 else {
        throw FileError.unwritable(path: path, code: errno)
      }
    } catch {
      unlink(temporary.path)
      throw error
    }
    try syncFolder(folder, path: path)
  }

  /// Removes the temporary files that earlier writes to `path` left when their process was killed.
  ///
  /// Only what ``write(_:to:)`` made for this very target is touched, and only once the process
  /// that made it is gone.
  ///
  /// - Returns: the number of files removed.
  @discardableResult
  public static func removeLeftovers(beside path: String) -> Int {
    let target = WriteTarget(path)
    let leftovers = fileNames(in: target.folder).filter(target.isLeftover)
    return leftovers.count { unlink(target.folder + "/" + $0) == 0 }
  }
}

extension DurableFile {
  /// As ``removeLeftovers(beside:)`` for every file of a folder.
  ///
  /// - Returns: the number of files removed.
  @discardableResult
  public static func removeLeftovers(in folder: String) -> Int {
    let leftovers = fileNames(in: folder).filter { name in
      WriteTarget(ofTemporary: name, in: folder)?.isLeftover(name) ?? false
    }
    return leftovers.count { unlink(folder + "/" + $0) == 0 }
  }
}

extension DurableFile {
  /// Removes what this process has written of the file at `path` without finishing it: for one that is
  /// about to end in the middle.
  package static func removeUnfinished(beside path: String) {
    let target = WriteTarget(path)
    for name in fileNames(in: target.folder) where target.isUnfinished(name) {
      unlink(target.folder + "/" + name)
    }
  }
}

/// Writes `bytes`, brings them to the disk, and closes the file, whatever happens.
private func fill(_ descriptor: Int32, with bytes: [UInt8], path: String) throws {
  do {
    try writeAll(bytes, to: descriptor, path: path)
    // Never a second time: after a failure the system takes the lost pages for written, and the
    // next call would report success.
    guard sync(descriptor) == 0 else { throw FileError.unwritable(path: path, code: errno) }
  } catch {
    close(descriptor)
    throw error
  }
  // An interrupted close has closed the file, and its bytes are on the disk already.
  guard close(descriptor) == 0 || errno == EINTR else {
    throw FileError.unwritable(path: path, code: errno)
  }
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws {
  try bytes.withUnsafeBytes { buffer in
    var rest = buffer[...]
    while !rest.isEmpty {
      // The system takes no more than 2 GiB at once, and on a Mac refuses to try.
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      let count = retryingInterrupted { write(descriptor, piece.baseAddress, piece.count) }
      guard count > 0 else {
        throw FileError.unwritable(path: path, code: count == 0 ? EIO : errno)
      }
      rest = rest.dropFirst(count)
    }
  }
}

private func syncFolder(_ folder: Int32, path: String) throws {
  guard sync(folder) != 0 else { return }
  // Some network file systems have no notion of syncing a folder, and say so.
  if errno == EINVAL || errno == ENOTSUP { return }
  throw FileError.folderNotSynced(path: path, code: errno)
}

private func sync(_ descriptor: Int32) -> Int32 {
  #if canImport(Darwin)
    // On a Mac fsync leaves the bytes in the drive's own memory.
    if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
    // A file system that does not know the request has not tried to sync, so that asking it the
    // ordinary way is not a second attempt.
    guard errno == ENOTSUP || errno == EINVAL else { return -1 }
  #endif
  return fsync(descriptor)
}

private func fileNames(in folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  guard let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) else { return [] }
  var names: [String] = []
  while let entry = readdir(stream) {
    // The entry is only as long as its name, so that it cannot be copied as a whole.
    let name = UnsafeRawPointer(entry) + nameOffset
    names.append(String(cString: name.assumingMemoryBound(to: CChar.self)))
  }
  return names
}
