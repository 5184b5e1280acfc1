// Scores of postings, and which of them matter.
//
// A score is a number of 32 bits without a point: the share of its weight that a document gets, times
// the weight in units of the query. Sums of such numbers do not depend on the order of adding.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ck_levels.h"

/// What a document gets for a frequency in a text of some length:
/// `(uint32_t)(weight * (tf / (tf + (base + slope * length)))) + 1`, each operation rounded to a float;
/// so a document that holds something has more than nothing.
typedef struct ck_weighting {
  float base;
  float slope;
  float weight;
} ck_weighting;

/// What is left of a list: `count` documents, ascending, and what each gets.
typedef struct ck_scored {
  const uint32_t *documents;
  const uint32_t *scores;
  size_t count;
} ck_scored;

typedef struct ck_scoring {
  /// `scores[i]` = what document i of the list gets.
  ///
  /// `lengths` has an element for every document of the segment.
  void (*score)(const uint32_t *documents, const uint32_t *frequencies, size_t count,
                const uint16_t *lengths, ck_weighting weighting, uint32_t *scores);
  /// `sums[document - first]` grows by what the document gets.
  void (*add_scores)(const uint32_t *documents, const uint32_t *frequencies, size_t count,
                     const uint16_t *lengths, ck_weighting weighting, uint32_t first,
                     uint32_t *sums);
  /// `sums[i]` grows by `bounds[i] * weight`, which does not overflow.
  void (*add_bounds)(const uint8_t *bounds, size_t count, uint32_t weight, uint32_t *sums);
  /// The same, but a sum becomes, and stays, 0 where the bound is 0.
  void (*add_required_bounds)(const uint8_t *bounds, size_t count, uint32_t weight,
                              uint32_t *sums);
  /// For each 64 documents that an ascending list has any of, the sum grows by the greatest of what
  /// the list gives them: `sums[r]` is of documents 64 r to 64 r + 63.
  void (*add_list)(const uint32_t *documents, const uint32_t *scores, size_t count, uint32_t *sums);
  /// Takes the documents before `end` off the front of each list, none of which is before `first`:
  /// `sums[document - first]` grows by what it gets.
  void (*add_runs)(ck_scored *runs, size_t count, uint32_t first, uint32_t end, uint32_t *sums);
  /// Bit r = whether one of the values from 64 r to 64 r + 63 is at least `least` less `bounds[r]`, for
  /// as many as `ranges`, at most 64.
  uint64_t (*mark_ranges)(const uint32_t *values, const uint32_t *bounds, size_t ranges,
                          uint32_t least);
  /// The greatest value; 0 where there is none.
  uint32_t (*maximum)(const uint32_t *values, size_t count);
  /// Of each whole 16 values the greatest.
  void (*maxima)(const uint32_t *values, size_t count, uint32_t *maxima);
} ck_scoring;

/// The kernels of a level; NULL where the processor does not have it.
const ck_scoring *ck_scoring_at(ck_level level);
