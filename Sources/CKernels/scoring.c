#include "ck_scoring.h"

// A score has the same bits at every level: no multiplication is fused with an addition.
#pragma STDC FP_CONTRACT OFF

// The bodies are written once, in loops that the compiler makes vectors of, and compiled for each
// level. What cannot be a vector, going to the documents' lengths and sums, has loops of its own.

#define BODY static inline __attribute__((always_inline))

enum { BATCH = 64 };

BODY uint32_t contribution(uint32_t frequency, uint32_t length, ck_weighting by) {
  float tf = (float)(int32_t)frequency;
  float share = tf / (tf + (by.base + by.slope * (float)(int32_t)length));
  return (uint32_t)(int32_t)(by.weight * share) + 1;
}

BODY void score_batch(const uint32_t *documents, const uint32_t *frequencies, size_t count,
                      const uint16_t *lengths, ck_weighting by, uint32_t *scores) {
  uint32_t taken[BATCH];
  for (size_t i = 0; i < count; i++) taken[i] = lengths[documents[i]];
  for (size_t i = 0; i < count; i++) scores[i] = contribution(frequencies[i], taken[i], by);
}

BODY void score_body(const uint32_t *documents, const uint32_t *frequencies, size_t count,
                     const uint16_t *lengths, ck_weighting by, uint32_t *scores) {
  size_t start = 0;
  for (; start + BATCH <= count; start += BATCH)
    score_batch(documents + start, frequencies + start, BATCH, lengths, by, scores + start);
  score_batch(documents + start, frequencies + start, count - start, lengths, by, scores + start);
}

BODY void add_scores_body(const uint32_t *documents, const uint32_t *frequencies, size_t count,
                          const uint16_t *lengths, ck_weighting by, uint32_t first,
                          uint32_t *sums) {
  uint32_t scores[BATCH];
  for (size_t start = 0; start < count; start += BATCH) {
    size_t size = count - start < BATCH ? count - start : BATCH;
    score_batch(documents + start, frequencies + start, size, lengths, by, scores);
    for (size_t i = 0; i < size; i++) sums[documents[start + i] - first] += scores[i];
  }
}

BODY void add_bounds_body(const uint8_t *bounds, size_t count, uint32_t weight, uint32_t *sums) {
  for (size_t i = 0; i < count; i++) sums[i] += bounds[i] * weight;
}

BODY void add_required_bounds_body(const uint8_t *bounds, size_t count, uint32_t weight,
                                   uint32_t *sums) {
  for (size_t i = 0; i < count; i++)
    sums[i] = bounds[i] != 0 && sums[i] != 0 ? sums[i] + bounds[i] * weight : 0;
}

static void add_list(const uint32_t *documents, const uint32_t *scores, size_t count,
                     uint32_t *sums) {
  // Without a branch: whether the next document is in the same range nobody foresees. So a range is
  // written with each of its documents, and `before` is what it had before the first.
  uint32_t range = UINT32_MAX;
  uint32_t before = 0;
  uint32_t greatest = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t next = documents[i] / 64;
    uint32_t is_same = next == range;
    uint32_t least = greatest & (0 - is_same);
    before = is_same ? before : sums[next];
    greatest = scores[i] > least ? scores[i] : least;
    sums[next] = before + greatest;
    range = next;
  }
}

static void add_runs(ck_scored *runs, size_t count, uint32_t first, uint32_t end, uint32_t *sums) {
  for (ck_scored *run = runs; run < runs + count; run++) {
    const uint32_t *documents = run->documents;
    const uint32_t *scores = run->scores;
    size_t i = 0;
    for (; i < run->count && documents[i] < end; i++) sums[documents[i] - first] += scores[i];
    run->documents += i;
    run->scores += i;
    run->count -= i;
  }
}

BODY uint64_t mark_ranges_body(const uint32_t *values, const uint32_t *bounds, size_t ranges,
                               uint32_t least) {
  uint64_t bits = 0;
  for (size_t range = 0; range < ranges; range++) {
    uint32_t needed = least > bounds[range] ? least - bounds[range] : 0;
    uint32_t reached = 0;
    for (size_t i = range * 64; i < range * 64 + 64; i++) reached |= values[i] >= needed;
    bits |= (uint64_t)reached << range;
  }
  return bits;
}

BODY void maxima_body(const uint32_t *values, size_t count, uint32_t *maxima) {
  for (size_t group = 0; group < count / 16; group++) {
    uint32_t maximum = 0;
    for (size_t i = group * 16; i < group * 16 + 16; i++)
      maximum = values[i] > maximum ? values[i] : maximum;
    maxima[group] = maximum;
  }
}

BODY uint32_t maximum_body(const uint32_t *values, size_t count) {
  uint32_t maximum = 0;
  for (size_t i = 0; i < count; i++) maximum = values[i] > maximum ? values[i] : maximum;
  return maximum;
}

#define LEVEL(name, target)                                                                        \
  target static void score_##name(const uint32_t *documents, const uint32_t *frequencies,          \
                                  size_t count, const uint16_t *lengths, ck_weighting by,          \
                                  uint32_t *scores) {                                              \
    score_body(documents, frequencies, count, lengths, by, scores);                                \
  }                                                                                                \
  target static void add_scores_##name(const uint32_t *documents, const uint32_t *frequencies,     \
                                       size_t count, const uint16_t *lengths, ck_weighting by,     \
                                       uint32_t first, uint32_t *sums) {                           \
    add_scores_body(documents, frequencies, count, lengths, by, first, sums);                      \
  }                                                                                                \
  target static void add_bounds_##name(const uint8_t *bounds, size_t count, uint32_t weight,       \
                                       uint32_t *sums) {                                           \
    add_bounds_body(bounds, count, weight, sums);                                                  \
  }                                                                                                \
  target static void add_required_bounds_##name(const uint8_t *bounds, size_t count,               \
                                                uint32_t weight, uint32_t *sums) {                 \
    add_required_bounds_body(bounds, count, weight, sums);                                         \
  }                                                                                                \
  target static uint64_t mark_ranges_##name(const uint32_t *values, const uint32_t *bounds,         \
                                            size_t ranges, uint32_t least) {                       \
    return mark_ranges_body(values, bounds, ranges, least);                                        \
  }                                                                                                \
  target static uint32_t maximum_##name(const uint32_t *values, size_t count) {                    \
    return maximum_body(values, count);                                                            \
  }                                                                                                \
  target static void maxima_##name(const uint32_t *values, size_t count, uint32_t *maxima) {         \
    maxima_body(values, count, maxima);                                                            \
  }                                                                                                \
  static const ck_scoring scoring_##name = {                                                       \
      score_##name, add_scores_##name, add_bounds_##name,                                          \
      add_required_bounds_##name, add_list, add_runs, mark_ranges_##name, maximum_##name, maxima_##name};

LEVEL(scalar, )

#if defined(__x86_64__)
LEVEL(avx2, __attribute__((target("avx2,bmi2"))))
LEVEL(avx512, __attribute__((target("avx2,bmi2,avx512f,avx512bw,avx512dq,avx512vl,"
                                    "prefer-256-bit"))))
#endif

const ck_scoring *ck_scoring_at(ck_level level) {
  if (!ck_has_level(level)) return NULL;
#if defined(__x86_64__)
  if (level == CK_AVX512) return &scoring_avx512;
  if (level == CK_AVX2) return &scoring_avx2;
#endif
  return &scoring_scalar;
}
