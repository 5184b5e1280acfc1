#include "ck_lists.h"

#include <string.h>

static size_t intersect_scalar(const uint32_t *a, size_t count_a, const uint32_t *b,
                               size_t count_b, uint32_t *at_a, uint32_t *at_b) {
  size_t found = 0;
  size_t j = 0;
  for (size_t i = 0; i < count_a; i++) {
    while (j + 8 < count_b && b[j + 7] < a[i]) j += 8;
    while (j < count_b && b[j] < a[i]) j++;
    if (j == count_b) break;
    at_a[found] = (uint32_t)i;
    at_b[found] = (uint32_t)j;
    found += b[j] == a[i];
  }
  return found;
}

static void mark_scalar(const uint32_t *values, size_t count, uint32_t least, uint64_t *bits) {
  for (size_t start = 0; start < count; start += 64) {
    size_t size = count - start < 64 ? count - start : 64;
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++) word |= (uint64_t)(values[start + i] >= least) << i;
    bits[start / 64] = word;
  }
}

static size_t select_scalar(const uint32_t *values, size_t count, uint32_t least,
                            uint32_t *places) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    places[found] = (uint32_t)i;
    found += values[i] >= least;
  }
  return found;
}

// Numbers that lie close together share words, and setting a bit would wait for the one before: they
// become bytes first. `gather` makes a word of 64 of these.
#define INSERT(list, count, bits, gather)                                                          \
  do {                                                                                             \
    uint32_t first = list[0] & ~63u;                                                               \
    uint32_t span = list[count - 1] - first + 1;                                                   \
    if (span > 16 * count || span > 4096) {                                                        \
      for (size_t i = 0; i < count; i++) bits[list[i] / 64] |= 1ull << (list[i] % 64);             \
    } else {                                                                                       \
      _Alignas(64) uint8_t flags[4096];                                                            \
      size_t words = (span + 63) / 64;                                                             \
      memset(flags, 0, words * 64);                                                                \
      for (size_t i = 0; i < count; i++) flags[(list[i] - first) & 4095] = 0xFF;                   \
      for (size_t word = 0; word < words; word++)                                                  \
        bits[first / 64 + word] |= gather(flags + 64 * word);                                      \
    }                                                                                              \
  } while (0)

static inline uint64_t gather_scalar(const uint8_t *flags) {
  uint64_t word = 0;
  for (int i = 0; i < 64; i++) word |= (uint64_t)(flags[i] & 1) << i;
  return word;
}

static void insert_scalar(const uint32_t *list, size_t count, uint64_t *bits) {
  INSERT(list, count, bits, gather_scalar);
}

#define COUNT_BITS(words, count)                                                                   \
  do {                                                                                             \
    size_t bits = 0;                                                                               \
    for (size_t i = 0; i < count; i++) bits += (size_t)__builtin_popcountll(words[i]);             \
    return bits;                                                                                   \
  } while (0)

static size_t count_bits_scalar(const uint64_t *words, size_t count) { COUNT_BITS(words, count); }

// Halves without branches down to a few elements, which are compared all at once.
#define COUNT_BELOW(list, count, limit, few, count_few)                                            \
  do {                                                                                             \
    const uint32_t *base = list;                                                                   \
    while (count > few) {                                                                          \
      size_t half = count / 2;                                                                     \
      base += base[half - 1] < limit ? half : 0;                                                   \
      count -= half;                                                                               \
    }                                                                                              \
    return (size_t)(base - list) + count_few(base, count, limit);                                  \
  } while (0)

static inline size_t count_few_scalar(const uint32_t *list, size_t count, uint32_t limit) {
  size_t below = 0;
  for (size_t i = 0; i < count; i++) below += list[i] < limit;
  return below;
}

static size_t count_below_scalar(const uint32_t *list, size_t count, uint32_t limit) {
  COUNT_BELOW(list, count, limit, 4, count_few_scalar);
}

static const ck_lists lists_scalar = {intersect_scalar, mark_scalar, select_scalar, insert_scalar,
                                     count_bits_scalar, count_below_scalar};

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi2,popcnt")))
#define AVX512 __attribute__((target("avx2,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

// Eight elements of b are compared with one of a, so that no step waits for the one before.
AVX2 static size_t intersect_avx2(const uint32_t *a, size_t count_a, const uint32_t *b,
                                  size_t count_b, uint32_t *at_a, uint32_t *at_b) {
  size_t found = 0;
  size_t j = 0;
  for (size_t i = 0; i < count_a; i++) {
    while (j + 8 <= count_b && b[j + 7] < a[i]) j += 8;
    if (j >= count_b) break;
    __m256i equal = _mm256_cmpeq_epi32(_mm256_loadu_si256((const __m256i *)(b + j)),
                                       _mm256_set1_epi32((int)a[i]));
    uint32_t mask = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(equal));
    size_t place = j + _tzcnt_u32(mask);
    at_a[found] = (uint32_t)i;
    at_b[found] = (uint32_t)place;
    found += mask != 0 && place < count_b;
  }
  return found;
}

AVX512 static size_t intersect_avx512(const uint32_t *a, size_t count_a, const uint32_t *b,
                                      size_t count_b, uint32_t *at_a, uint32_t *at_b) {
  size_t found = 0;
  size_t j = 0;
  for (size_t i = 0; i < count_a; i++) {
    while (j + 16 <= count_b && b[j + 15] < a[i]) j += 16;
    if (j >= count_b) break;
    uint32_t mask =
        _mm512_cmpeq_epi32_mask(_mm512_loadu_si512(b + j), _mm512_set1_epi32((int)a[i]));
    size_t place = j + _tzcnt_u32(mask);
    at_a[found] = (uint32_t)i;
    at_b[found] = (uint32_t)place;
    found += mask != 0 && place < count_b;
  }
  return found;
}

AVX2 static inline uint64_t gather_avx2(const uint8_t *flags) {
  uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_load_si256((const __m256i *)flags));
  uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_load_si256((const __m256i *)(flags + 32)));
  return (uint64_t)high << 32 | low;
}

AVX2 static void insert_avx2(const uint32_t *list, size_t count, uint64_t *bits) {
  INSERT(list, count, bits, gather_avx2);
}

AVX2 static size_t count_bits_avx2(const uint64_t *words, size_t count) {
  COUNT_BITS(words, count);
}

AVX512 static void mark_avx512(const uint32_t *values, size_t count, uint32_t least,
                               uint64_t *bits) {
  __m512i wanted = _mm512_set1_epi32((int)least);
  size_t start = 0;
  for (; start + 64 <= count; start += 64) {
    uint64_t word = 0;
    for (int part = 0; part < 4; part++) {
      __m512i value = _mm512_loadu_si512(values + start + 16 * part);
      word |= (uint64_t)_mm512_cmpge_epu32_mask(value, wanted) << (16 * part);
    }
    bits[start / 64] = word;
  }
  if (start < count) mark_scalar(values + start, count - start, least, bits + start / 64);
}

AVX512 static inline size_t count_few_avx512(const uint32_t *list, size_t count,
                                             uint32_t limit) {
  __mmask16 present = (__mmask16)_bzhi_u32(0xFFFF, (uint32_t)count);
  __m512i value = _mm512_maskz_loadu_epi32(present, list);
  return (size_t)__builtin_popcount(
      _mm512_mask_cmplt_epu32_mask(present, value, _mm512_set1_epi32((int)limit)));
}

AVX512 static size_t count_below_avx512(const uint32_t *list, size_t count, uint32_t limit) {
  COUNT_BELOW(list, count, limit, 16, count_few_avx512);
}

AVX512 static size_t select_avx512(const uint32_t *values, size_t count, uint32_t least,
                                   uint32_t *places) {
  size_t found = 0;
  __m512i wanted = _mm512_set1_epi32((int)least);
  __m512i at = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (size_t i = 0; i < count; i += 16) {
    __mmask16 present = count - i >= 16 ? 0xFFFF : (__mmask16)_bzhi_u32(0xFFFF, count - i);
    __m512i value = _mm512_maskz_loadu_epi32(present, values + i);
    __mmask16 mask = _mm512_mask_cmpge_epu32_mask(present, value, wanted);
    _mm512_storeu_si512(places + found, _mm512_maskz_compress_epi32(mask, at));
    found += (size_t)__builtin_popcount(mask);
    at = _mm512_add_epi32(at, _mm512_set1_epi32(16));
  }
  return found;
}

static const ck_lists lists_avx2 = {intersect_avx2, mark_scalar, select_scalar, insert_avx2,
                                   count_bits_avx2, count_below_scalar};
static const ck_lists lists_avx512 = {intersect_avx512, mark_avx512, select_avx512, insert_avx2,
                                     count_bits_avx2, count_below_avx512};
#endif

const ck_lists *ck_lists_at(ck_level level) {
  if (!ck_has_level(level)) return NULL;
#if defined(__x86_64__)
  if (level == CK_AVX512) return &lists_avx512;
  if (level == CK_AVX2) return &lists_avx2;
#endif
  return &lists_scalar;
}
