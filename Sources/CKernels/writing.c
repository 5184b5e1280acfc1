#include "ck_writing.h"

#include <string.h>

// A share has the same bits at every level: no multiplication is fused with an addition.
#pragma STDC FP_CONTRACT OFF

#define BODY static inline __attribute__((always_inline))

// MARK: Bits one behind the other

// Numbers go to `at` from its lowest bit on, `fill` bits of `pending` first.
typedef struct bits {
  uint8_t *at;
  uint64_t pending;
  unsigned fill;
} bits;

BODY void store64(uint8_t *out, uint64_t word) { memcpy(out, &word, 8); }

BODY uint64_t load64(const uint8_t *in) {
  uint64_t word;
  memcpy(&word, in, 8);
  return word;
}

// `width` is 1 to 64; no bit above it is set.
BODY void put(bits *to, uint64_t value, unsigned width) {
  to->pending |= value << to->fill;
  to->fill += width;
  if (to->fill >= 64) {
    store64(to->at, to->pending);
    to->at += 8;
    to->fill -= 64;
    to->pending = to->fill ? value >> (width - to->fill) : 0;
  }
}

BODY size_t end(bits *to, uint8_t *out) {
  store64(to->at, to->pending);
  return (size_t)(to->at - out) + (to->fill + 7) / 8;
}

// A set bit at `place`, which is greater than that of any before; `base` is that of the word's first.
BODY void mark(bits *to, size_t *base, size_t place) {
  for (; place - *base >= 64; *base += 64) {
    store64(to->at, to->pending);
    to->at += 8;
    to->pending = 0;
  }
  to->pending |= (uint64_t)1 << (place - *base);
}

size_t ck_write_upper(const uint32_t *values, size_t count, unsigned shift, uint8_t *out) {
  bits to = {out, 0, 0};
  size_t base = 0;
  size_t place = 0;
  for (size_t i = 0; i < count; i++) {
    place = (values[i] >> shift) + i;
    mark(&to, &base, place);
  }
  store64(to.at, to.pending);
  return count == 0 ? 0 : place / 8 + 1;
}

size_t ck_write_unary(const uint32_t *values, size_t count, uint8_t *out) {
  bits to = {out, 0, 0};
  size_t base = 0;
  size_t next = 0;
  for (size_t i = 0; i < count; i++) {
    next += values[i];
    mark(&to, &base, next - 1);
  }
  store64(to.at, to.pending);
  return (next + 7) / 8;
}

// MARK: Positions

// More than one, on a circle of 2^width: that behind the largest gap as it is, each other as its
// distance from the one before.
static void put_circle(bits *to, const uint32_t *positions, size_t count, unsigned width) {
  if (width == 0) return;
  uint32_t mask = (uint32_t)(((uint64_t)1 << width) - 1);
  size_t start = 0;
  // The gap across the end of the circle, less 1, is the largest unless another is.
  uint32_t largest = ((positions[0] - positions[count - 1]) & mask) - 1;
  for (size_t i = 1; i < count; i++) {
    uint32_t gap = positions[i] - positions[i - 1] - 1;
    if (gap > largest) {
      largest = gap;
      start = i;
    }
  }
  put(to, positions[start], width);
  if (width == 1) return;
  uint32_t before = positions[start];
  for (size_t i = start + 1, left = count - 1; left > 0; i++, left--) {
    if (i == count) i = 0;
    put(to, ((positions[i] - before) & mask) - 1, width - 1);
    before = positions[i];
  }
}

size_t ck_write_positions(
    const uint32_t *documents, const uint32_t *frequencies, size_t count, const uint8_t *widths,
    const uint32_t *positions, uint8_t *out) {
  bits to = {out, 0, 0};
  for (size_t i = 0; i < count; i++) {
    unsigned width = widths[documents[i]];
    uint32_t frequency = frequencies[i];
    if (frequency != 1) {
      put_circle(&to, positions, frequency, width);
    } else if (width > 0) {
      put(&to, *positions, width);
    }
    positions += frequency;
  }
  return end(&to, out);
}

// MARK: Without vectors

static size_t pack_scalar(const uint32_t *values, size_t count, unsigned width, uint8_t *out) {
  if (width == 0) return 0;
  uint64_t mask = ((uint64_t)1 << width) - 1;
  bits to = {out, 0, 0};
  for (size_t i = 0; i < count; i++) put(&to, values[i] & mask, width);
  return end(&to, out);
}

BODY unsigned bit_width(uint32_t value) { return value ? 32 - (unsigned)__builtin_clz(value) : 0; }

static unsigned widths_scalar(const uint32_t *values, size_t count, uint32_t *wider) {
  uint32_t counts[33] = {0};
  uint32_t all = 0;
  for (size_t i = 0; i < count; i++) {
    counts[bit_width(values[i])]++;
    all |= values[i];
  }
  unsigned widest = bit_width(all);
  uint32_t sum = 0;
  for (unsigned width = widest + 1; width-- > 0;) {
    wider[width] = sum;
    sum += counts[width];
  }
  return widest;
}

enum { BATCH = 64 };

BODY float share_batch(
    const uint32_t *documents, const uint32_t *frequencies, size_t count, const uint32_t *lengths,
    float base, float slope, float units, uint32_t *counts) {
  uint32_t taken[BATCH];
  float shares[BATCH];
  uint32_t codes[BATCH];
  for (size_t i = 0; i < count; i++) taken[i] = lengths[documents[i]];
  float greatest = 0;
  for (size_t i = 0; i < count; i++) {
    float tf = (float)frequencies[i];
    shares[i] = tf / (tf + (base + slope * (float)taken[i]));
    greatest = shares[i] > greatest ? shares[i] : greatest;
  }
  if (counts) {
    // What is no number, of parameters beyond all measure, counts as a whole share.
    for (size_t i = 0; i < count; i++)
      codes[i] = (uint32_t)(int32_t)(shares[i] < 1 ? shares[i] * units : units);
    for (size_t i = 0; i < count; i++) counts[codes[i]]++;
  }
  return greatest;
}

BODY float share_body(
    const uint32_t *documents, const uint32_t *frequencies, size_t count, const uint32_t *lengths,
    float base, float slope, float units, uint32_t *counts) {
  float greatest = 0;
  size_t start = 0;
  for (; start + BATCH <= count; start += BATCH) {
    float share = share_batch(
        documents + start, frequencies + start, BATCH, lengths, base, slope, units, counts);
    greatest = share > greatest ? share : greatest;
  }
  float share = share_batch(
      documents + start, frequencies + start, count - start, lengths, base, slope, units, counts);
  return share > greatest ? share : greatest;
}

static float share_scalar(
    const uint32_t *documents, const uint32_t *frequencies, size_t count, const uint32_t *lengths,
    float base, float slope, float units, uint32_t *counts) {
  return share_body(documents, frequencies, count, lengths, base, slope, units, counts);
}

// Returns the bytes of a varint of at most `size`, or 0 where it does not end there.
BODY size_t varint(const uint8_t *in, size_t size, uint64_t *value) {
  *value = 0;
  for (size_t i = 0; i < size && i < 5; i++) {
    *value |= (uint64_t)(in[i] & 0x7F) << (7 * i);
    if (in[i] < 0x80) return i + 1;
  }
  return 0;
}

// What an occurrence says, after its first varint and, for a new document, its second.
BODY bool take(ck_gathering *block, uint64_t head, uint64_t position) {
  uint32_t step = (uint32_t)(head >> 1);
  bool has_positions = block->positions != NULL;
  if (has_positions && block->position_count == block->position_limit) return false;
  if (head & 1) {
    if (block->count == block->limit) return false;
    block->document += step;
    block->position = (uint32_t)position;
    block->documents[block->count] = block->document;
    block->frequencies[block->count++] = 1;
  } else {
    if (has_positions && step == 0) return true;
    block->position += step;
    block->frequencies[block->count - 1]++;
  }
  if (has_positions) block->positions[block->position_count++] = block->position;
  return true;
}

static size_t gather_scalar(ck_gathering *block, const uint8_t *in, size_t size) {
  bool has_positions = block->positions != NULL;
  size_t at = 0;
  while (at < size) {
    uint64_t head, position = 0;
    size_t used = varint(in + at, size - at, &head);
    if (used == 0) break;
    if (has_positions && (head & 1)) {
      size_t more = varint(in + at + used, size - at - used, &position);
      if (more == 0) break;
      used += more;
    }
    if (!take(block, head, position)) break;
    at += used;
  }
  return at;
}

static const ck_writing writing_scalar = {pack_scalar, widths_scalar, share_scalar, gather_scalar};

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt")))
#define AVX512                                                                                     \
  __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

// MARK: With vectors

AVX2 static size_t pack_avx2(const uint32_t *values, size_t count, unsigned width, uint8_t *out) {
  if (width == 0) return 0;
  uint64_t mask = ((uint64_t)1 << width) - 1;
  bits to = {out, 0, 0};
  size_t i = 0;
  if (width <= 8) {
    // Eight numbers as bytes, of which the lowest bits move together.
    const uint64_t lowest = mask * 0x0101010101010101;
    const __m128i byte = _mm_set1_epi32(0xFF);
    for (; i + 8 <= count; i += 8) {
      __m128i low = _mm_and_si128(_mm_loadu_si128((const __m128i *)(values + i)), byte);
      __m128i high = _mm_and_si128(_mm_loadu_si128((const __m128i *)(values + i + 4)), byte);
      __m128i words = _mm_packus_epi32(low, high);
      uint64_t bytes = (uint64_t)_mm_cvtsi128_si64(_mm_packus_epi16(words, words));
      put(&to, _pext_u64(bytes, lowest), 8 * width);
    }
  } else if (width <= 16) {
    const uint64_t lowest = mask * 0x0001000100010001;
    const __m128i word = _mm_set1_epi32(0xFFFF);
    for (; i + 4 <= count; i += 4) {
      __m128i four = _mm_and_si128(_mm_loadu_si128((const __m128i *)(values + i)), word);
      uint64_t words = (uint64_t)_mm_cvtsi128_si64(_mm_packus_epi32(four, four));
      put(&to, _pext_u64(words, lowest), 4 * width);
    }
  } else {
    for (; i + 2 <= count; i += 2)
      put(&to, (values[i] & mask) | (values[i + 1] & mask) << width, 2 * width);
  }
  for (; i < count; i++) put(&to, values[i] & mask, width);
  return end(&to, out);
}

AVX512 static unsigned widths_avx512(const uint32_t *values, size_t count, uint32_t *wider) {
  __m512i all = _mm512_setzero_si512();
  for (size_t i = 0; i < count; i += 16) {
    __mmask16 present = (__mmask16)_bzhi_u32(0xFFFF, (uint32_t)(count - i < 16 ? count - i : 16));
    all = _mm512_or_si512(all, _mm512_maskz_loadu_epi32(present, values + i));
  }
  unsigned widest = bit_width((uint32_t)_mm512_reduce_or_epi32(all));
  // Each width asks all numbers: few have many bits.
  for (unsigned width = 0; width < widest; width++) {
    __m512i greatest = _mm512_set1_epi32((int)(((uint32_t)1 << width) - 1));
    unsigned sum = 0;
    for (size_t i = 0; i < count; i += 16) {
      __mmask16 present = (__mmask16)_bzhi_u32(0xFFFF, (uint32_t)(count - i < 16 ? count - i : 16));
      __m512i some = _mm512_maskz_loadu_epi32(present, values + i);
      sum += (unsigned)_mm_popcnt_u32(_mm512_cmpgt_epu32_mask(some, greatest));
    }
    wider[width] = sum;
  }
  wider[widest] = 0;
  return widest;
}

AVX2 static float share_avx2(
    const uint32_t *documents, const uint32_t *frequencies, size_t count, const uint32_t *lengths,
    float base, float slope, float units, uint32_t *counts) {
  return share_body(documents, frequencies, count, lengths, base, slope, units, counts);
}

AVX512 static float share_avx512(
    const uint32_t *documents, const uint32_t *frequencies, size_t count, const uint32_t *lengths,
    float base, float slope, float units, uint32_t *counts) {
  return share_body(documents, frequencies, count, lengths, base, slope, units, counts);
}

// The ends of varints in eight bytes are found at once, and what an occurrence says without branches,
// since nobody foresees where documents begin. What is longer goes one byte after the other.
AVX2 static size_t gather_avx2(ck_gathering *block, const uint8_t *in, size_t size) {
  const uint64_t low = 0x7F7F7F7F7F7F7F7F;
  ck_gathering now = *block;
  if (now.positions == NULL) return gather_scalar(block, in, size);
  uint32_t frequency = now.count ? now.frequencies[now.count - 1] : 0;
  size_t at = 0;
  while (at < size) {
    uint64_t word = load64(in + at);
    uint64_t ends = ~word & ~low;
    uint64_t later = _blsr_u64(ends);
    unsigned first = (unsigned)_tzcnt_u64(ends) + 1;
    unsigned second = (unsigned)_tzcnt_u64(later) + 1;
    uint64_t head = _pext_u64(_bzhi_u64(word, first), low);
    unsigned is_new = (unsigned)head & 1;
    unsigned used = (is_new ? second : first) / 8;
    // Both ends are there, and not where the bytes end.
    if (later == 0 || used > size - at) {
      if (size - at < CK_GATHER_AHEAD) break;
      uint64_t position = 0;
      used = (unsigned)varint(in + at, 5, &head);
      if (used == 0) break;
      is_new = (unsigned)head & 1;
      if (is_new) {
        size_t more = varint(in + at + used, 5, &position);
        if (more == 0) break;
        used += (unsigned)more;
      }
      if (now.count) now.frequencies[now.count - 1] = frequency;
      if (!take(&now, head, position)) break;
      frequency = now.frequencies[now.count - 1];
      at += used;
      continue;
    }
    if (now.count + is_new > now.limit || now.position_count == now.position_limit) break;
    uint64_t position = _pext_u64(_bzhi_u64(word, second) >> (first & 63), low);
    uint32_t step = (uint32_t)(head >> 1);
    unsigned is_other = is_new | (step != 0);
    now.document += is_new ? step : 0;
    now.position = is_new ? (uint32_t)position : now.position + step;
    frequency = is_new ? 1 : frequency + is_other;
    now.count += is_new;
    now.documents[now.count - 1] = now.document;
    now.frequencies[now.count - 1] = frequency;
    now.positions[now.position_count] = now.position;
    now.position_count += is_other;
    at += used;
  }
  *block = now;
  // The last ones, of which a whole word cannot be said to be there.
  return at < size ? at + gather_scalar(block, in + at, size - at) : at;
}

static const ck_writing writing_avx2 = {pack_avx2, widths_scalar, share_avx2, gather_avx2};
static const ck_writing writing_avx512 = {pack_avx2, widths_avx512, share_avx512, gather_avx2};
#endif

const ck_writing *ck_writing_at(ck_level level) {
  if (!ck_has_level(level)) return NULL;
#if defined(__x86_64__)
  if (level == CK_AVX512) return &writing_avx512;
  if (level == CK_AVX2) return &writing_avx2;
#endif
  return &writing_scalar;
}

const ck_writing *ck_writing_chosen(void) { return ck_writing_at(ck_simd_level()); }
