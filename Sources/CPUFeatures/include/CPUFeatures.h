#ifndef REFRAIN_CPU_FEATURES_H
#define REFRAIN_CPU_FEATURES_H

#include <stdbool.h>

/// True where this processor and its operating system run AVX2 and FMA instructions.
bool cpu_has_avx2_fma(void);

#endif
