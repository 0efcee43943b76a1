#include "AllocationCount.h"

#include <errno.h>
#include <stdlib.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif

#if defined(__GLIBC__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)

#include <malloc.h>

// The program's own thread-local memory, which exists before anything can be asked for.
#define OF_THREAD static __thread __attribute__((tls_model("initial-exec")))

OF_THREAD long largest, held, peak;

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static long usable(void *piece) { return piece ? (long)malloc_usable_size(piece) : 0; }

static void *count(void *piece, size_t size) {
  if ((long)size > largest) largest = (long)size;
  held += usable(piece);
  if (held > peak) peak = held;
  return piece;
}

void *malloc(size_t size) { return count(__libc_malloc(size), size); }

void *calloc(size_t number, size_t size) {
  // Where the product is no number, nothing is given out and nothing is counted.
  void *piece = __libc_calloc(number, size);
  return count(piece, piece ? number * size : 0);
}

void *realloc(void *piece, size_t size) {
  long before = usable(piece);
  void *moved = __libc_realloc(piece, size);
  if (moved || size == 0) held -= before;
  return count(moved, size);
}

void *memalign(size_t alignment, size_t size) {
  return count(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **piece, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) || alignment & (alignment - 1) || !alignment) return EINVAL;
  void *found = memalign(alignment, size);
  if (!found) return ENOMEM;
  *piece = found;
  return 0;
}

void free(void *piece) {
  held -= usable(piece);
  __libc_free(piece);
}

int allocation_count_works(void) { return 1; }

void allocation_count_begin(void) { largest = held = peak = 0; }

long allocation_count_largest(void) { return largest; }

long allocation_count_peak(void) { return peak; }

#else

int allocation_count_works(void) { return 0; }
void allocation_count_begin(void) {}
long allocation_count_largest(void) { return 0; }
long allocation_count_peak(void) { return 0; }

#endif
