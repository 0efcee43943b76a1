#include <stddef.h>
#include <stdint.h>

// The library's own way in, for programs that have a main function; the compiler's option
// -sanitize=fuzzer links it. https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library
int LLVMFuzzerRunDriver(
    int *count, char ***arguments, int (*read)(const uint8_t *start, size_t count));
