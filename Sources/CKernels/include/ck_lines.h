// Lines of UTF-8: passing what neither ends a line nor is a blank beside U+0020.
#pragma once

#include "ck_levels.h"

#include <stddef.h>
#include <stdint.h>

/// Part of a line.
typedef struct ck_line_part {
  /// Where it ends: at what may end a line or be a blank, U+0020 apart, or at the end of the text.
  size_t end;
  /// Characters that begin with a byte from E3 to ED (most that are set in a square), of ASCII, and
  /// all others.
  size_t wide;
  size_t narrow;
  size_t others;
  /// Whether Han or kana may stand alone between two blanks.
  bool may_be_spaced;
} ck_line_part;

typedef struct ck_lines {
  /// Passes part of a line.
  ///
  /// - text, count: valid UTF-8.
  /// - start: where a character begins, or `count`.
  ck_line_part (*_Nonnull pass)(const uint8_t *_Nonnull text, size_t count, size_t start);
} ck_lines;

/// The kernels of a level; NULL where the processor does not have it.
const ck_lines *_Nullable ck_lines_at(ck_level level);
