// Every function of xxHash inline: nothing to link, nothing to find at run time.
#define XXH_INLINE_ALL
#include <xxhash.h>
