// How much memory a thread asks for, counted where the C library gives it out. A program that is
// linked with this asks here instead; Swift's arrays, Foundation and the C libraries included.

#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

/// Whether anything is counted: with glibc, and not under a sanitizer, which counts for itself.
int allocation_count_works(void);

/// Begins to count what the calling thread asks for.
void allocation_count_begin(void);

/// Bytes of the largest single piece that the calling thread has asked for since it began.
long allocation_count_largest(void);

/// The most bytes that the calling thread has held at once, beyond what it held when it began.
long allocation_count_peak(void);

#endif
