// Positions of a term in documents: FORMAT.md, "Positions".
#pragma once

#include "ck_levels.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Where a list has the positions of a document: bytes that are there, and enough of them.
typedef struct ck_place {
  /// The byte with the first bit.
  const uint8_t *_Nullable at;
  /// Nothing from here on is read.
  const uint8_t *_Nullable end;
  /// How many positions there are.
  uint32_t frequency;
  /// The number of bits of the circle that they lie on, 0 to 32.
  uint8_t width;
  /// Which bit of the first byte is the first, 0 to 7.
  uint8_t shift;
} ck_place;

/// How many bits so many positions take.
static inline uint64_t ck_positions_size(uint32_t frequency, uint8_t width) {
  return width == 0 ? 0 : (uint64_t)frequency * (width - 1u) + 1;
}

/// The place of so many positions from a bit of some bytes on; one of none where they cannot lie there.
static inline ck_place ck_place_at(
    uint64_t bit, const uint8_t *_Nullable bytes, uint64_t size, uint32_t frequency,
    uint8_t width) {
  ck_place place = {NULL, NULL, 0, 0, 0};
  if (width > 32 || frequency > (uint64_t)1 << width || bit > size * 8 ||
      ck_positions_size(frequency, width) > size * 8 - bit)
    return place;
  place.at = bytes + bit / 8;
  place.end = bytes + size;
  place.frequency = frequency;
  place.width = width;
  place.shift = (uint8_t)(bit % 8);
  return place;
}

typedef struct ck_positions {
  /// Goes on adding sizes up: `starts[i + 1]` = `starts[i]` and the size of the positions in document
  /// i of a list.
  ///
  /// `widths` has an element for every document of the segment, and 3 bytes behind the last that can
  /// be read. So few documents as a block has do not overflow. `starts` has room for 16 more.
  void (*_Nonnull locate)(
      const uint32_t *_Nonnull documents, const uint32_t *_Nonnull frequencies, size_t count,
      const uint8_t *_Nonnull widths, uint64_t *_Nonnull starts);
} ck_positions;

/// The kernels of a level; NULL where the processor does not have it.
const ck_positions *_Nullable ck_positions_at(ck_level level);

/// Those of the level that `ck_simd_level` gives.
const ck_positions *_Nonnull ck_positions_chosen(void);

/// Reads the positions of a document, ascending, into room for `frequency` of them.
///
/// Returns false where these cannot be positions.
bool ck_read_positions(ck_place place, uint32_t *_Nonnull positions);

/// How often documents hold a phrase that has each of its terms once, the n-th at `offsets[n]`.
///
/// Term n has the positions of document d at `places[n * stride + d]`. Documents `chosen[0]` to
/// `chosen[count - 1]` are looked at, and what they have goes to `occurrences[0]` on; 0 where bytes are
/// damaged. For a document there must be room for the positions of the first term and of any one
/// other; `capacity` says how many numbers there is room for.
///
/// Returns how many documents were done: fewer than `count` where there is no room for the next.
size_t ck_count_phrase(
    const ck_place *_Nonnull places, size_t stride, const uint32_t *_Nonnull offsets, size_t terms,
    const uint32_t *_Nonnull chosen, size_t count, uint32_t *_Nonnull room, size_t capacity,
    uint32_t *_Nonnull occurrences);
