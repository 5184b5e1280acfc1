#include "ck_positions.h"

#include <string.h>

static void locate_scalar(
    const uint32_t *documents, const uint32_t *frequencies, size_t count, const uint8_t *widths,
    uint64_t *starts) {
  uint64_t start = starts[0];
  for (size_t i = 0; i < count; i++) {
    start += ck_positions_size(frequencies[i], widths[documents[i]]);
    starts[i + 1] = start;
  }
}

static const ck_positions positions_scalar = {locate_scalar};

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx2,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

// The sums of the first 1, 2, ... 16 elements.
AVX512 static inline __m512i running_sums(__m512i values) {
  __m512i zero = _mm512_setzero_si512();
  values = _mm512_add_epi32(values, _mm512_alignr_epi32(values, zero, 15));
  values = _mm512_add_epi32(values, _mm512_alignr_epi32(values, zero, 14));
  values = _mm512_add_epi32(values, _mm512_alignr_epi32(values, zero, 12));
  return _mm512_add_epi32(values, _mm512_alignr_epi32(values, zero, 8));
}

AVX512 static void locate_avx512(
    const uint32_t *documents, const uint32_t *frequencies, size_t count, const uint8_t *widths,
    uint64_t *starts) {
  // Sixteen such sizes add up within 32 bits.
  const __m512i greatest = _mm512_set1_epi32(1 << 21);
  const __m512i one = _mm512_set1_epi32(1);
  uint64_t start = starts[0];
  for (size_t i = 0; i < count; i += 16) {
    size_t size = count - i < 16 ? count - i : 16;
    __mmask16 present = (__mmask16)_bzhi_u32(0xFFFF, (uint32_t)size);
    __m512i frequency = _mm512_maskz_loadu_epi32(present, frequencies + i);
    if (_mm512_cmpgt_epu32_mask(frequency, greatest)) {
      locate_scalar(documents + i, frequencies + i, size, widths, starts + i);
      start = starts[i + size];
      continue;
    }
    __m512i document = _mm512_maskz_loadu_epi32(present, documents + i);
    __m512i width = _mm512_and_si512(
        _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), present, document, widths, 1),
        _mm512_set1_epi32(0xFF));
    __mmask16 wide = _mm512_cmpgt_epu32_mask(width, _mm512_setzero_si512());
    __m512i sizes = _mm512_maskz_add_epi32(
        wide, _mm512_mullo_epi32(frequency, _mm512_sub_epi32(width, one)), one);
    __m512i sums = running_sums(sizes);
    __m512i base = _mm512_set1_epi64((int64_t)start);
    _mm512_storeu_si512(
        starts + i + 1,
        _mm512_add_epi64(base, _mm512_cvtepu32_epi64(_mm512_castsi512_si256(sums))));
    _mm512_storeu_si512(
        starts + i + 9,
        _mm512_add_epi64(base, _mm512_cvtepu32_epi64(_mm512_extracti64x4_epi64(sums, 1))));
    start = starts[i + size];
  }
}

static const ck_positions positions_avx512 = {locate_avx512};
#endif

const ck_positions *ck_positions_at(ck_level level) {
  if (!ck_has_level(level)) return NULL;
#if defined(__x86_64__)
  if (level == CK_AVX512) return &positions_avx512;
#endif
  return &positions_scalar;
}

const ck_positions *ck_positions_chosen(void) { return ck_positions_at(ck_simd_level()); }

// A number of at most 32 bits, of which the first is `bit`.
static inline uint64_t number(const ck_place *place, uint64_t bit, unsigned width) {
  const uint8_t *at = place->at + bit / 8;
  uint64_t word = 0;
  if (place->end - at >= 8) {
    memcpy(&word, at, 8);
  } else {
    for (const uint8_t *byte = place->end; byte > at;) word = word << 8 | *--byte;
  }
  return word >> (bit & 7) & (((uint64_t)1 << width) - 1);
}

static void reverse(uint32_t *numbers, size_t start, size_t end) {
  for (; start + 1 < end; start++) {
    uint32_t first = numbers[start];
    numbers[start] = numbers[--end];
    numbers[end] = first;
  }
}

// Reads positions in the order in which they are written: ascending from the start on the circle, and
// from 0 on behind its end. `turn` becomes the number of those before the end. Returns false where
// these cannot be positions.
static inline bool read_turned(const ck_place *place, uint32_t *positions, size_t *turn) {
  unsigned width = place->width;
  size_t count = place->frequency;
  *turn = count;
  if (count == 0) return true;
  if (width == 0) {
    positions[0] = 0;
    return true;
  }
  uint64_t bit = place->shift;
  uint64_t start = number(place, bit, width);
  positions[0] = (uint32_t)start;
  bit += width;
  uint64_t circle = (uint64_t)1 << width;
  uint64_t position = start;
  for (size_t i = 1; i < count; i++, bit += width - 1) {
    position += number(place, bit, width - 1) + 1;
    // Once round at most, and not as far as the start again.
    if (position >= circle + start) return false;
    positions[i] = (uint32_t)(position & (circle - 1));
    if (position >= circle && *turn == count) *turn = i;
  }
  return true;
}

bool ck_read_positions(ck_place place, uint32_t *positions) {
  size_t turn = 0;
  if (!read_turned(&place, positions, &turn)) return false;
  if (turn < place.frequency) {
    // Those behind the end of the circle come first.
    reverse(positions, 0, turn);
    reverse(positions, turn, place.frequency);
    reverse(positions, 0, place.frequency);
  }
  return true;
}

// Keeps of some numbers those that are among the positions when `distance` is added. Without
// branches: few numbers are compared with few in less time than one wrong guess takes.
static inline size_t keep_of_few(
    uint32_t *numbers, size_t count, int64_t distance, const uint32_t *positions, size_t size) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t found = numbers[i];
    int64_t wanted = found + distance;
    unsigned hits = 0;
    for (size_t j = 0; j < size; j++) hits |= positions[j] == wanted;
    numbers[kept] = found;
    kept += hits;
  }
  return kept;
}

// The same of ascending ones.
static size_t keep_of_many(
    uint32_t *numbers, size_t count, int64_t distance, const uint32_t *positions, size_t size) {
  size_t kept = 0;
  size_t at = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t found = numbers[i];
    int64_t wanted = found + distance;
    while (at < size && positions[at] < wanted) at++;
    if (at == size) break;
    numbers[kept] = found;
    kept += positions[at] == wanted;
  }
  return kept;
}

// How often a document holds the phrase that has each term once.
static inline uint32_t count_of_ones(
    const ck_place *column, size_t stride, const uint32_t *offsets, size_t terms) {
  uint64_t first = number(column, column->shift, column->width);
  bool holds = true;
  for (size_t term = 1; term < terms; term++) {
    const ck_place *place = column + term * stride;
    uint64_t found = number(place, place->shift, place->width);
    // Both sides less than 2^33.
    holds &= found + offsets[0] == first + offsets[term];
  }
  return holds;
}

enum { FEW = 8 };

// How often a document holds the phrase. `column` has its places, `stride` apart.
static inline uint32_t count_in(
    const ck_place *column, size_t stride, const uint32_t *offsets, size_t terms, bool are_few,
    uint32_t *room) {
  size_t turn;
  if (are_few) {
    if (!read_turned(column, room, &turn)) return 0;
  } else if (!ck_read_positions(*column, room)) {
    return 0;
  }
  size_t count = column->frequency;
  uint32_t *positions = room + count;
  for (size_t term = 1; term < terms && count > 0; term++) {
    const ck_place *place = column + term * stride;
    int64_t distance = (int64_t)offsets[term] - (int64_t)offsets[0];
    if (are_few) {
      if (!read_turned(place, positions, &turn)) return 0;
      count = keep_of_few(room, count, distance, positions, place->frequency);
    } else {
      if (!ck_read_positions(*place, positions)) return 0;
      count = keep_of_many(room, count, distance, positions, place->frequency);
    }
  }
  return (uint32_t)count;
}

size_t ck_count_phrase(
    const ck_place *places, size_t stride, const uint32_t *offsets, size_t terms,
    const uint32_t *chosen, size_t count, uint32_t *room, size_t capacity, uint32_t *occurrences) {
  // Positions lie anywhere in their section: those of later documents are asked for meanwhile.
  enum { AHEAD = 8 };
  for (size_t i = 0; i < count; i++) {
    if (i + AHEAD < count) {
      for (size_t term = 0; term < terms; term++)
        __builtin_prefetch(places[term * stride + chosen[i + AHEAD]].at);
    }
    const ck_place *column = places + chosen[i];
    size_t most = 0;
    size_t least = column->frequency;
    for (size_t term = 1; term < terms; term++) {
      size_t frequency = column[term * stride].frequency;
      most = frequency > most ? frequency : most;
      least = frequency < least ? frequency : least;
    }
    if (least == 0) {
      occurrences[i] = 0;
      continue;
    }
    if (column->frequency == 1 && most <= 1) {
      occurrences[i] = count_of_ones(column, stride, offsets, terms);
      continue;
    }
    if (column->frequency + most > capacity) return i;
    bool are_few = column->frequency <= FEW && most <= FEW;
    occurrences[i] = count_in(column, stride, offsets, terms, are_few, room);
  }
  return count;
}
