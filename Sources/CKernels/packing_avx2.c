// Packed numbers by AVX2: eight at a time, by a shuffle of bytes and a shift for each number.
#if defined(__x86_64__)
#include "packing.h"

#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2")))

/// Which bytes each of eight numbers begins in, and how far it is to be shifted.
typedef struct layout {
  __m256i bytes;
  __m256i shifts;
  __m256i mask;
  /// Where the upper four begin.
  size_t half;
} layout;

/// - width: 1 to 25, so that a number lies in four bytes.
TARGET static inline layout layout_of(unsigned width) {
  layout l;
  __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 0, 1, 2, 3);
  unsigned offset = 4 * width % 8;
  __m256i bits = _mm256_add_epi32(
      _mm256_mullo_epi32(lanes, _mm256_set1_epi32((int)width)),
      _mm256_setr_epi32(0, 0, 0, 0, (int)offset, (int)offset, (int)offset, (int)offset));
  __m256i byte = _mm256_srli_epi32(bits, 3);
  l.bytes = _mm256_add_epi32(
      _mm256_mullo_epi32(byte, _mm256_set1_epi32(0x01010101)), _mm256_set1_epi32(0x03020100));
  l.shifts = _mm256_and_si256(bits, _mm256_set1_epi32(7));
  l.mask = _mm256_set1_epi32((int)((1u << width) - 1));
  l.half = 4 * width / 8;
  return l;
}

TARGET static inline __m256i unpack8(const uint8_t *in, const layout *l) {
  __m256i raw = _mm256_inserti128_si256(
      _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)in)),
      _mm_loadu_si128((const __m128i *)(in + l->half)), 1);
  return _mm256_and_si256(_mm256_srlv_epi32(_mm256_shuffle_epi8(raw, l->bytes), l->shifts), l->mask);
}

TARGET static void unpack(
    const uint8_t *in, unsigned width, size_t count, uint32_t base, uint32_t *out) {
  __m256i added = _mm256_set1_epi32((int)base);
  if (width == 0) {
    for (size_t i = 0; i < count; i += 8) _mm256_storeu_si256((__m256i *)(out + i), added);
  } else if (width > 25) {
    ck_packing_scalar.unpack(in, width, count, base, out);
  } else {
    layout l = layout_of(width);
    for (size_t i = 0; i < count; i += 8, in += width)
      _mm256_storeu_si256((__m256i *)(out + i), _mm256_add_epi32(unpack8(in, &l), added));
  }
}

static bool sum(uint32_t *values, size_t count, uint32_t first) {
  return ck_packing_scalar.sum(values, count, first);
}

/// Puts the upper parts of Elias-Fano into `out`; returns the bytes that they take, or 0.
TARGET static inline size_t uppers(const uint8_t *in, size_t size, size_t count, uint32_t *out) {
  size_t bits = size * 8;
  size_t found = 0;
  size_t last = 0;
  for (size_t base = 0; found < count; base += 64) {
    if (base >= bits) return 0;
    uint64_t word = load64(in + base / 8);
    if (bits - base < 64) word = _bzhi_u64(word, (unsigned)(bits - base));
    size_t left = count - found;
    size_t here = (size_t)__builtin_popcountll(word);
    // The last word may hold bits of what follows.
    size_t taken = here < left ? here : left;
    for (size_t i = 0; i < taken; i++, word = _blsr_u64(word)) {
      last = base + (size_t)__builtin_ctzll(word);
      out[found + i] = (uint32_t)(last - found - i);
    }
    found += taken;
  }
  return last / 8 + 1;
}

TARGET static size_t elias_fano(
    const uint8_t *in, size_t size, unsigned width, size_t count, uint32_t first, uint32_t *out) {
  size_t start = packed_size(count, width);
  if (start >= size) return 0;
  size_t taken = uppers(in + start, size - start, count, out);
  if (taken == 0) return 0;
  // Of width 0 there is nothing to unpack, and a mask of 0 drops it.
  layout l = layout_of(width <= 25 ? width : 25);
  __m128i shift = _mm_cvtsi32_si128((int)width);
  __m256i added = _mm256_set1_epi32((int)first);
  for (size_t i = 0; i < count; i += 8) {
    __m256i low;
    if (width <= 25) {
      low = unpack8(in + i / 8 * width, &l);
    } else {
      uint32_t wide[8];
      for (size_t j = 0; j < 8; j++) wide[j] = i + j < count ? unpacked(in, width, i + j) : 0;
      low = _mm256_loadu_si256((const __m256i *)wide);
    }
    __m256i high = _mm256_sll_epi32(_mm256_loadu_si256((const __m256i *)(out + i)), shift);
    _mm256_storeu_si256(
        (__m256i *)(out + i), _mm256_add_epi32(_mm256_or_si256(high, low), added));
  }
  bool ascends = count == 0 || out[0] >= first;
  __m256i flip = _mm256_set1_epi32(INT32_MIN);
  size_t i = 1;
  for (; i + 8 <= count; i += 8) {
    __m256i before = _mm256_loadu_si256((const __m256i *)(out + i - 1));
    __m256i here = _mm256_loadu_si256((const __m256i *)(out + i));
    __m256i greater =
        _mm256_cmpgt_epi32(_mm256_xor_si256(here, flip), _mm256_xor_si256(before, flip));
    ascends &= _mm256_movemask_epi8(greater) == -1;
  }
  for (; i < count; i++) ascends &= out[i - 1] < out[i];
  return ascends ? start + taken : 0;
}

TARGET static size_t unary(const uint8_t *in, size_t size, size_t count, uint32_t *out) {
  return unary_by_words(in, size, count, out);
}

const ck_packing ck_packing_avx2 = {unpack, sum, elias_fano, unary};
#endif
