// Which elements of a list are meant.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ck_levels.h"

typedef struct ck_lists {
  /// Where two ascending lists have the same number: `at_a[n]` and `at_b[n]` are the places of the
  /// n-th. Returns how many there are.
  ///
  /// Behind `b` there must be 16 elements that can be read.
  size_t (*intersect)(const uint32_t *a, size_t count_a, const uint32_t *b, size_t count_b,
                      uint32_t *at_a, uint32_t *at_b);
  /// Bit i of `bits` = whether `values[i]` is at least `least`; bits behind the last are 0.
  void (*mark_at_least)(const uint32_t *values, size_t count, uint32_t least, uint64_t *bits);
  /// The places of the values that are at least `least`. Returns how many there are; `places` has
  /// room for 16 more.
  size_t (*select_at_least)(const uint32_t *values, size_t count, uint32_t least,
                            uint32_t *places);
  /// Sets the bits of the numbers of an ascending list that is not empty.
  void (*insert)(const uint32_t *list, size_t count, uint64_t *bits);
  /// How many bits of some words are set.
  size_t (*count_bits)(const uint64_t *words, size_t count);
  /// How many elements of the ascending list are below `limit`.
  size_t (*count_below)(const uint32_t *list, size_t count, uint32_t limit);
} ck_lists;

/// The kernels of a level; NULL where the processor does not have it.
const ck_lists *ck_lists_at(ck_level level);
