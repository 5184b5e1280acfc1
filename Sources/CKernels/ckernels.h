// What the inner loops of the index need of the processor and Swift cannot say.
#pragma once

/// Asks for the memory at `address`, to be read and written soon. Any address will do.
static inline void ck_prefetch(const void *address) {
  __builtin_prefetch(address, 1, 3);
}
