// Making the blocks of a list: FORMAT.md, "Packed numbers", "Blocks" and "Positions".
#pragma once

#include "ck_levels.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How many bytes behind the last one that was asked for what packs may write.
#define CK_PACK_AHEAD 16

/// How many bytes behind the last occurrence `gather` may read.
#define CK_GATHER_AHEAD 16

/// The documents of a block while they are gathered.
typedef struct ck_gathering {
  uint32_t *_Nonnull documents;
  /// How often each holds the term.
  uint32_t *_Nonnull frequencies;
  /// Of all documents, one behind the other; NULL in a channel without positions.
  uint32_t *_Nullable positions;
  /// How many documents there is room for, and how many positions.
  size_t limit, position_limit;
  /// How many there are.
  size_t count, position_count;
  /// Those of the last occurrence.
  uint32_t document, position;
} ck_gathering;

typedef struct ck_writing {
  /// Packs the lowest `width` bits, 0 to 32, of each number and fills the last byte up.
  ///
  /// Returns the number of bytes.
  size_t (*_Nonnull pack)(
      const uint32_t *_Nonnull values, size_t count, unsigned width, uint8_t *_Nonnull out);

  /// `wider[w]` = how many numbers have more than w bits, for w from 0 to the width of the widest,
  /// which is returned. `wider` has room for 33.
  unsigned (*_Nonnull widths)(
      const uint32_t *_Nonnull values, size_t count, uint32_t *_Nonnull wider);

  /// The greatest share tf / (tf + (base + slope * length)) of some documents, each operation rounded
  /// to a float; 0 where there is none. Where `counts` is not NULL, `counts[(uint32_t)(share * units)]`
  /// grows by one for each.
  ///
  /// `lengths` has an element for every document of the segment.
  float (*_Nonnull share)(
      const uint32_t *_Nonnull documents, const uint32_t *_Nonnull frequencies, size_t count,
      const uint32_t *_Nonnull lengths, float base, float slope, float units,
      uint32_t *_Nullable counts);

  /// Takes occurrences from a stream: for each a varint, whose lowest bit says whether it is the first
  /// in a new document. If so, the rest is the difference to the document before, and the position
  /// follows as a varint where the channel has any; if not, the rest is the difference to the position
  /// before. An occurrence at the place of the one before is none.
  ///
  /// Ends before an occurrence that `in` does not have to its end, before a document there is no room
  /// for, and before a position there is no room for. The first occurrence ever begins a document.
  ///
  /// Returns how many bytes it took.
  size_t (*_Nonnull gather)(ck_gathering *_Nonnull block, const uint8_t *_Nonnull in, size_t size);
} ck_writing;

/// The kernels of a level; NULL where the processor does not have it.
const ck_writing *_Nullable ck_writing_at(ck_level level);

/// Those of the level that `ck_simd_level` gives.
const ck_writing *_Nonnull ck_writing_chosen(void);

/// Writes the upper parts of Elias-Fano: for each of some ascending numbers a set bit, after as many
/// clear ones as its value >> `shift` is greater than the one before. Fills the last byte up.
///
/// Returns the number of bytes.
size_t ck_write_upper(
    const uint32_t *_Nonnull values, size_t count, unsigned shift, uint8_t *_Nonnull out);

/// Writes numbers of 1 and more in unary: a set bit for each, after as many clear ones as it is greater
/// than 1. Fills the last byte up.
///
/// Returns the number of bytes.
size_t ck_write_unary(const uint32_t *_Nonnull values, size_t count, uint8_t *_Nonnull out);

/// Writes the positions of documents, each document's on a circle of its own, and fills the last byte
/// up.
///
/// `widths` has an element for every document of the segment; a document's positions ascend, and are
/// below 2^width. `out` has room for 4 bytes a position and CK_PACK_AHEAD more.
///
/// Returns the number of bytes.
size_t ck_write_positions(
    const uint32_t *_Nonnull documents, const uint32_t *_Nonnull frequencies, size_t count,
    const uint8_t *_Nonnull widths, const uint32_t *_Nonnull positions, uint8_t *_Nonnull out);
