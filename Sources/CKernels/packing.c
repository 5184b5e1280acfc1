// Packed numbers without vectors, which is also what the other levels are held against.
#include "packing.h"

static void unpack(
    const uint8_t *in, unsigned width, size_t count, uint32_t base, uint32_t *out) {
  for (size_t i = 0; i < count; i++) out[i] = unpacked(in, width, i) + base;
}

static bool sum(uint32_t *values, size_t count, uint32_t first) {
  uint64_t next = first;
  for (size_t i = 0; i < count; i++) {
    next += values[i];
    values[i] = (uint32_t)next;
    next++;
  }
  // 256 gaps of 32 bits do not overflow 64; what does not fit 32 has come round.
  return next <= (uint64_t)UINT32_MAX + 1;
}

static size_t elias_fano(
    const uint8_t *in, size_t size, unsigned width, size_t count, uint32_t first, uint32_t *out) {
  size_t start = packed_size(count, width);
  if (start >= size) return 0;
  const uint8_t *upper = in + start;
  size_t bits = (size - start) * 8;
  size_t found = 0;
  size_t last = 0;
  for (size_t base = 0; found < count; base += 64) {
    if (base >= bits) return 0;
    uint64_t word = load64(upper + base / 8);
    if (bits - base < 64) word &= ((uint64_t)1 << (bits - base)) - 1;
    for (; word && found < count; word &= word - 1) {
      last = base + (size_t)__builtin_ctzll(word);
      out[found] = (((uint32_t)(last - found) << width) | unpacked(in, width, found)) + first;
      found++;
    }
  }
  bool ascends = count == 0 || out[0] >= first;
  for (size_t i = 1; i < count; i++) ascends &= out[i - 1] < out[i];
  return ascends ? start + last / 8 + 1 : 0;
}

static size_t unary(const uint8_t *in, size_t size, size_t count, uint32_t *out) {
  return unary_by_words(in, size, count, out);
}

const ck_packing ck_packing_scalar = {unpack, sum, elias_fano, unary};

const ck_packing *ck_packing_at(ck_level level) {
#if defined(__x86_64__)
  if (level == CK_AVX512) return &ck_packing_avx512;
  if (level == CK_AVX2) return &ck_packing_avx2;
#endif
  (void)level;
  return &ck_packing_scalar;
}

const ck_packing *ck_packing_chosen(void) { return ck_packing_at(ck_simd_level()); }
