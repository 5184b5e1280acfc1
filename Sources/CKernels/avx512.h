// What the kernels for AVX-512 share.
#pragma once

#if defined(__x86_64__)
#include <immintrin.h>

#include <stddef.h>
#include <stdint.h>

/// All that `ck_has_level` asks of a processor with AVX-512.
#define AVX512_WITH_VBMI                                                                           \
  __attribute__((target(                                                                           \
      "avx2,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2")))

/// The first `count` bits.
AVX512_WITH_VBMI static inline uint64_t first_bits(size_t count) {
  return count >= 64 ? ~0ull : _bzhi_u64(~0ull, (unsigned)count);
}
#endif
