#ifndef REFRAIN_CPU_FEATURES_H
#define REFRAIN_CPU_FEATURES_H

#include <stdbool.h>

/// True where this processor and its operating system run AVX2, FMA and half-precision conversions.
bool cpu_has_avx2(void);

/// True where they also run AVX-512 with its parts F, VL, BW and DQ.
bool cpu_has_avx512(void);

/// Tells the processor that this thread waits in a loop, so that what else it runs gets on.
static inline void cpu_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

#endif
