// Decoding of packed numbers: FORMAT.md, "Packed numbers" and "Blocks".
#pragma once

#include "ck_levels.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How many bytes behind the last one that holds a number kernels may read: whoever gives memory to
/// them has so many there.
#define CK_READ_AHEAD 64

/// How many numbers behind the last one that was asked for kernels may write.
#define CK_WRITE_AHEAD 16

typedef struct ck_packing {
  /// Unpacks numbers of `width` bits, 0 to 32, and adds `base` to each.
  void (*_Nonnull unpack)(const uint8_t *_Nonnull in, unsigned width, size_t count, uint32_t base, uint32_t *_Nonnull out);

  /// Makes documents of gaps: `values[i]` becomes `first + i` and the sum of the first i + 1 gaps,
  /// modulo 2^32.
  ///
  /// Returns whether the documents ascend, and from `first` on.
  bool (*_Nonnull sum)(uint32_t *_Nonnull values, size_t count, uint32_t first);

  /// Decodes Elias-Fano: `count` (1 or more) lower parts of `width` bits, 0 to 31, and in the bytes behind them a
  /// bit for each number, after as many clear ones as its upper part is greater than the one before.
  /// Adds `first` to each, modulo 2^32.
  ///
  /// Reads up to CK_READ_AHEAD bytes behind `size`, but takes no bit from there.
  ///
  /// Returns how many bytes it took, or 0 where they were too few or numbers do not ascend.
  size_t (*_Nonnull elias_fano)(
      const uint8_t *_Nonnull in, size_t size, unsigned width, size_t count, uint32_t first, uint32_t *_Nonnull out);

  /// Decodes numbers of 1 and more in unary: a set bit for each, after as many clear ones as it is
  /// greater than 1. `count` is 1 or more.
  ///
  /// Reads up to CK_READ_AHEAD bytes behind `size`, but takes no bit from there.
  ///
  /// Returns how many bytes it took, or 0 where they were too few.
  size_t (*_Nonnull unary)(
      const uint8_t *_Nonnull in, size_t size, size_t count, uint32_t *_Nonnull out);
} ck_packing;

/// The kernels of a level that this processor has.
const ck_packing *_Nonnull ck_packing_at(ck_level level);

/// Those of the level that `ck_simd_level` gives.
const ck_packing *_Nonnull ck_packing_chosen(void);
