// What the levels of packing share.
#pragma once

#include "ck_packing.h"

#include <string.h>

extern const ck_packing ck_packing_scalar;
#if defined(__x86_64__)
extern const ck_packing ck_packing_avx2;
extern const ck_packing ck_packing_avx512;
#endif

static inline uint64_t load64(const uint8_t *in) {
  uint64_t bits;
  memcpy(&bits, in, 8);
  return bits;
}

/// Decodes unary numbers a word at a time.
static inline size_t unary_by_words(
    const uint8_t *in, size_t size, size_t count, uint32_t *out) {
  size_t bits = size * 8;
  size_t found = 0;
  // The place behind the last set bit.
  size_t next = 0;
  for (size_t base = 0; found < count; base += 64) {
    if (base >= bits) return 0;
    uint64_t word = load64(in + base / 8);
    if (bits - base < 64) word &= ((uint64_t)1 << (bits - base)) - 1;
    for (; word && found < count; word &= word - 1) {
      size_t place = base + (size_t)__builtin_ctzll(word);
      out[found++] = (uint32_t)(place + 1 - next);
      next = place + 1;
    }
  }
  return (next + 7) / 8;
}

/// The bytes that `count` numbers of `width` bits take.
static inline size_t packed_size(size_t count, unsigned width) {
  return (count * width + 7) / 8;
}

/// The number at `index` among those of `width` bits, at most 32: five bytes hold it.
static inline uint32_t unpacked(const uint8_t *in, unsigned width, size_t index) {
  size_t bit = index * width;
  uint64_t mask = ((uint64_t)1 << width) - 1;
  return (uint32_t)(load64(in + bit / 8) >> (bit % 8) & mask);
}
