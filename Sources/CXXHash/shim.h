// Every function of xxHash inline: nothing to link, nothing to find at run time.
#define XXH_INLINE_ALL
#include <xxhash.h>

// Where xxHash is inline it gives its types and functions other names, by macros that Swift does
// not see. These are the names Swift uses.
typedef XXH128_hash_t xxh3_hash;
typedef XXH3_state_t xxh3_state;

static inline xxh3_hash xxh3_of(const void *bytes, size_t count) {
  return XXH3_128bits(bytes, count);
}

/// A state that has seen nothing yet, or NULL if there is no memory.
static inline xxh3_state *xxh3_create(void) {
  xxh3_state *state = XXH3_createState();
  if (state) XXH3_128bits_reset(state);
  return state;
}

static inline void xxh3_reset(xxh3_state *state) { XXH3_128bits_reset(state); }

static inline void xxh3_free(xxh3_state *state) { XXH3_freeState(state); }

static inline void xxh3_update(xxh3_state *state, const void *bytes, size_t count) {
  XXH3_128bits_update(state, bytes, count);
}

static inline xxh3_hash xxh3_digest(const xxh3_state *state) {
  return XXH3_128bits_digest(state);
}
