// Makes one system call of a program fail, or kills the program there: loaded before the C library
// (LD_PRELOAD), it counts the calls that concern files under FAULT_FOLDER and does to number
// FAULT_AT what FAULT_KIND says. It then writes "fault reached" to standard error, so that a test
// knows when it has come past the last call. With FAULT_AT=0 it only counts, and says "fault calls: N"
// when the program ends.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST_DESCRIPTORS = 1024 };

static int calls;
static char concerned[MOST_DESCRIPTORS];
static int killAfter;

static const char *kind(void) { return getenv("FAULT_KIND"); }

static int concernsPath(const char *path) {
  const char *folder = getenv("FAULT_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int concernsDescriptor(int descriptor) {
  return descriptor >= 0 && descriptor < MOST_DESCRIPTORS && concerned[descriptor];
}

/// Counts a call; whether it is the one, which is killed here or fails with errno set.
static int isReached(void) {
  const char *at = getenv("FAULT_AT");
  if (!at || ++calls != atoi(at)) return 0;
  static const char sentence[] = "fault reached\n";
  syscall(SYS_write, 2, sentence, sizeof sentence - 1);
  if (strcmp(kind(), "kill before") == 0) raise(SIGKILL);
  killAfter = strcmp(kind(), "kill after") == 0;
  if (strcmp(kind(), "EIO") == 0) return errno = EIO, 1;
  if (strcmp(kind(), "ENOSPC") == 0) return errno = ENOSPC, 1;
  if (strcmp(kind(), "EINTR") == 0) return errno = EINTR, 1;
  return 0;
}

__attribute__((destructor)) static void tellCalls(void) {
  const char *at = getenv("FAULT_AT");
  if (at && strcmp(at, "0") == 0) dprintf(2, "fault calls: %d\n", calls);
}

/// How many bytes the call that was counted last is given: a third if it is the one, whether it is cut
/// short or the program dies after it.
static size_t given(size_t count) {
  const char *at = getenv("FAULT_AT");
  if (!at || calls != atoi(at)) return count;
  return count > 3 ? count / 3 : 1;
}

/// Passes a call's result on, unless the program is to die right after it.
static long finish(long result) {
  if (killAfter) raise(SIGKILL);
  return result;
}

static int openConcerned(const char *path, int flags, mode_t mode) {
  if (isReached()) return -1;
  int descriptor = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) concerned[descriptor] = 1;
  return (int)finish(descriptor);
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  if (concernsPath(path)) return openConcerned(path, flags, mode);
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return open(path, flags | O_LARGEFILE, mode);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  if (!concernsDescriptor(descriptor)) return syscall(SYS_write, descriptor, bytes, count);
  if (isReached()) return -1;
  return finish(syscall(SYS_write, descriptor, bytes, given(count)));
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  if (!concernsDescriptor(descriptor)) return syscall(SYS_read, descriptor, bytes, count);
  if (isReached()) return -1;
  return finish(syscall(SYS_read, descriptor, bytes, given(count)));
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
  if (!concernsDescriptor(descriptor)) return syscall(SYS_pread64, descriptor, bytes, count, offset);
  if (isReached()) return -1;
  return finish(syscall(SYS_pread64, descriptor, bytes, given(count), offset));
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t offset) {
  return pread(descriptor, bytes, count, offset);
}

int mkdir(const char *path, mode_t mode) {
  if (concernsPath(path) && isReached()) return -1;
  return (int)finish(syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

int fsync(int descriptor) {
  if (concernsDescriptor(descriptor) && isReached()) return -1;
  return (int)finish(syscall(SYS_fsync, descriptor));
}

int close(int descriptor) {
  int isConcerned = concernsDescriptor(descriptor);
  int isFailing = isConcerned && isReached();
  int code = errno;
  if (isConcerned) concerned[descriptor] = 0;
  int result = (int)syscall(SYS_close, descriptor);
  if (isFailing) return errno = code, -1;
  return (int)finish(result);
}

int rename(const char *from, const char *to) {
  if (concernsPath(to) && isReached()) return -1;
  return (int)finish(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
