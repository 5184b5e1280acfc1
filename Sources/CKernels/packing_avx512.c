// Packed numbers by AVX-512: sixteen at a time, by a permutation of bytes and a shift for each number;
// the bits of Elias-Fano by compressing the numbers of the bytes whose bit is set.
#if defined(__x86_64__)
#include "avx512.h"
#include "packing.h"

static inline __mmask16 first_lanes(size_t count) {
  return count >= 16 ? 0xFFFF : (__mmask16)((1u << count) - 1);
}

/// Which bytes each of sixteen numbers lies in, and how far it is to be shifted.
typedef struct layout {
  __m512i bytes;
  __m512i shifts;
  __m512i mask;
} layout;

AVX512_WITH_VBMI static inline __m512i iota32(void) {
  return _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

/// - width: 0 to 25, so that a number lies in four bytes.
AVX512_WITH_VBMI static inline layout layout_of(unsigned width) {
  __m512i bits = _mm512_mullo_epi32(iota32(), _mm512_set1_epi32((int)width));
  layout l;
  l.bytes = _mm512_add_epi32(
      _mm512_mullo_epi32(_mm512_srli_epi32(bits, 3), _mm512_set1_epi32(0x01010101)),
      _mm512_set1_epi32(0x03020100));
  l.shifts = _mm512_and_si512(bits, _mm512_set1_epi32(7));
  l.mask = _mm512_set1_epi32((int)((1u << width) - 1));
  return l;
}

AVX512_WITH_VBMI static inline __m512i unpack16(const uint8_t *in, const layout *l) {
  __m512i lanes = _mm512_permutexvar_epi8(l->bytes, _mm512_loadu_si512(in));
  return _mm512_and_si512(_mm512_srlv_epi32(lanes, l->shifts), l->mask);
}

/// Eight numbers of 26 to 32 bits, which may lie in five bytes.
AVX512_WITH_VBMI static inline __m256i unpack8_wide(const uint8_t *in, unsigned width) {
  __m512i index = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7);
  __m512i bits = _mm512_mullo_epi64(index, _mm512_set1_epi64((long long)width));
  __m512i mask = _mm512_set1_epi64((long long)(((uint64_t)1 << width) - 1));
  __m512i bytes = _mm512_add_epi64(
      _mm512_mullo_epi64(_mm512_srli_epi64(bits, 3), _mm512_set1_epi64(0x0101010101010101)),
      _mm512_set1_epi64(0x0706050403020100));
  __m512i lanes = _mm512_permutexvar_epi8(bytes, _mm512_loadu_si512(in));
  __m512i shifted = _mm512_srlv_epi64(lanes, _mm512_and_si512(bits, _mm512_set1_epi64(7)));
  return _mm512_cvtepi64_epi32(_mm512_and_si512(shifted, mask));
}

AVX512_WITH_VBMI static void unpack(
    const uint8_t *in, unsigned width, size_t count, uint32_t base, uint32_t *out) {
  __m512i added = _mm512_set1_epi32((int)base);
  if (width == 0) {
    for (size_t i = 0; i < count; i += 16) _mm512_storeu_si512(out + i, added);
  } else if (width > 25) {
    for (size_t i = 0; i < count; i += 8, in += width)
      _mm256_storeu_si256(
          (__m256i *)(out + i),
          _mm256_add_epi32(unpack8_wide(in, width), _mm512_castsi512_si256(added)));
  } else {
    layout l = layout_of(width);
    for (size_t i = 0; i < count; i += 16, in += 2 * width)
      _mm512_storeu_si512(out + i, _mm512_add_epi32(unpack16(in, &l), added));
  }
}

/// The sums of the first, the first two, ... the sixteen lanes.
AVX512_WITH_VBMI static inline __m512i prefix_sums(__m512i v) {
  __m512i zero = _mm512_setzero_si512();
  v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 15));
  v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 14));
  v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 12));
  return _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 8));
}

AVX512_WITH_VBMI static bool sum(uint32_t *values, size_t count, uint32_t first) {
  __m512i top = _mm512_set1_epi32(15);
  __m512i one = _mm512_set1_epi32(1);
  // Each document is the one before, a gap and 1; before the first lies `first` less 1.
  __m512i last = _mm512_set1_epi32((int)(first - 1));
  __mmask16 falls = 0;
  for (size_t i = 0; i < count; i += 16) {
    __mmask16 lanes = first_lanes(count - i);
    __m512i gaps = _mm512_maskz_loadu_epi32(lanes, values + i);
    __m512i documents =
        _mm512_add_epi32(prefix_sums(_mm512_add_epi32(gaps, one)), last);
    // A document that came round, or one after it, is not greater than the one before it: a step is
    // at most 2^32, which is none.
    __m512i before = _mm512_alignr_epi32(documents, last, 15);
    __mmask16 steps = _mm512_mask_cmple_epu32_mask(lanes, documents, before);
    // The step to the very first document may come from one before 0.
    if (i == 0 && first == 0)
      steps = (__mmask16)((steps & ~1u) | (unsigned)(values[0] == UINT32_MAX));
    falls |= steps;
    _mm512_mask_storeu_epi32(values + i, lanes, documents);
    last = _mm512_permutexvar_epi32(top, documents);
  }
  return falls == 0;
}

/// Puts the places of the first `count` set bits into `out`; returns the bytes that they take, or 0.
AVX512_WITH_VBMI static inline size_t places(const uint8_t *in, size_t size, size_t count, uint16_t *out) {
  __m512i bytes = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
      40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
      17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  size_t bits = size * 8;
  size_t found = 0;
  for (size_t base = 0; found < count; base += 64) {
    if (base >= bits) return 0;
    uint64_t word = load64(in + base / 8);
    if (bits - base < 64) word = _bzhi_u64(word, (unsigned)(bits - base));
    __m512i set = _mm512_maskz_compress_epi8(word, bytes);
    __m512i start = _mm512_set1_epi16((short)base);
    __m512i low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(set));
    _mm512_storeu_si512(out + found, _mm512_add_epi16(low, start));
    size_t here = (size_t)__builtin_popcountll(word);
    if (here > 32) {
      __m512i high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(set, 1));
      _mm512_storeu_si512(out + found + 32, _mm512_add_epi16(high, start));
    }
    found += here;
  }
  return (size_t)out[count - 1] / 8 + 1;
}

AVX512_WITH_VBMI static size_t elias_fano(
    const uint8_t *in, size_t size, unsigned width, size_t count, uint32_t first, uint32_t *out) {
  // Places of bits have 16 bits here, and there is room for those of a block and a word more.
  size_t start = packed_size(count, width);
  if (start >= size) return 0;
  if (count > 256 || size - start > 8000 || width > 25)
    return ck_packing_scalar.elias_fano(in, size, width, count, first, out);
  uint16_t bits[256 + 128];
  size_t taken = places(in + start, size - start, count, bits);
  if (taken == 0) return 0;
  layout l = layout_of(width);
  __m128i shift = _mm_cvtsi32_si128((int)width);
  __m512i added = _mm512_set1_epi32((int)first);
  __m512i index = iota32();
  __m512i last = _mm512_setzero_si512();
  __mmask16 falls = 0;
  for (size_t i = 0; i < count; i += 16, in += 2 * width) {
    __m512i upper = _mm512_sub_epi32(
        _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(bits + i))), index);
    __m512i value = _mm512_or_si512(_mm512_sll_epi32(upper, shift), unpack16(in, &l));
    __m512i documents = _mm512_add_epi32(value, added);
    __m512i before = _mm512_alignr_epi32(documents, last, 15);
    __mmask16 lanes = first_lanes(count - i);
    if (i == 0) {
      falls = _mm512_mask_cmple_epu32_mask(lanes & 0xFFFE, documents, before) |
              (_mm512_mask_cmplt_epu32_mask(1, documents, added));
    } else {
      falls |= _mm512_mask_cmple_epu32_mask(lanes, documents, before);
    }
    _mm512_storeu_si512(out + i, documents);
    last = documents;
    index = _mm512_add_epi32(index, _mm512_set1_epi32(16));
  }
  return falls ? 0 : start + taken;
}

AVX512_WITH_VBMI static size_t unary(const uint8_t *in, size_t size, size_t count, uint32_t *out) {
  // Places of bits have 16 bits here, and there is room for those of a block and a word more.
  if (count > 256 || size > 8000) return unary_by_words(in, size, count, out);
  uint16_t bits[1 + 256 + 128];
  // Before the first lies none.
  bits[0] = UINT16_MAX;
  size_t taken = places(in, size, count, bits + 1);
  if (taken == 0) return 0;
  for (size_t i = 0; i < count; i += 16) {
    __m256i before = _mm256_loadu_si256((const __m256i *)(bits + i));
    __m256i here = _mm256_loadu_si256((const __m256i *)(bits + 1 + i));
    _mm512_storeu_si512(out + i, _mm512_cvtepu16_epi32(_mm256_sub_epi16(here, before)));
  }
  return taken;
}

const ck_packing ck_packing_avx512 = {unpack, sum, elias_fano, unary};
#endif
