// From text to terms: the fold of Korean, and the UTF-8 of words, characters and pairs.
#pragma once

#include "ck_levels.h"

#include <stddef.h>
#include <stdint.h>

/// How many bytes and how many tokens behind the last one kernels may write.
#define CK_TERM_BYTES_AHEAD 160
#define CK_TOKENS_AHEAD 32

/// How many code units have to be free where Korean is folded.
#define CK_FOLD_ROOM 64

/// What a code unit is. The first two may stand between two characters that make a pair, what is
/// greater than a character ends a run, and what is greater than all is not known.
enum {
  CK_CLASS_IGNORED,
  CK_CLASS_BLANK,
  CK_CLASS_CHARACTER,
  CK_CLASS_LETTER,
  CK_CLASS_DIGIT,
  CK_CLASS_MARK,
  CK_CLASS_SENTENCE_END,
  CK_CLASS_FULL_STOP,
  CK_CLASS_LINE_END
};

/// Characters of one code unit and three bytes each, and where they stop: at what ends the run.
typedef struct ck_run {
  size_t count;
  size_t end;
} ck_run;

/// Where the writing of words stands: the next piece, its start in the text, and where the bytes and
/// the token of the next word go.
typedef struct ck_word_walk {
  size_t piece;
  size_t start;
  size_t place;
  size_t term;
} ck_word_walk;

/// Where the writing of units stands: where the next one is looked for, and at which position; how many
/// units there were and what was written; and whether a sentence ended since the last unit.
typedef struct ck_unit_walk {
  size_t end;
  size_t units;
  size_t bytes;
  size_t tokens;
  uint32_t position;
  uint8_t is_after_end;
} ck_unit_walk;

/// Some bytes, and the code units made of them.
typedef struct ck_folded {
  size_t bytes;
  size_t units;
} ck_folded;

/// A token is the length of a term, and above 32 bits its position.
typedef struct ck_terms {
  /// Writes for each character of a run two terms: it together with the one before it, then it alone.
  /// So its bytes stand three times in a row: at the end of a pair, by itself, and at the beginning of
  /// the next pair, which for the last one means nothing.
  ///
  /// - text, start, end: the code units from `start` to `end` that may be of the run.
  /// - classes: one for each code unit there is. Those from U+4E00 to U+9EFF and of Hangul syllables
  ///   are characters, and U+0020 is none and ends no run; characters are from U+0800 on and no
  ///   surrogates.
  /// - own: the token of the first character alone.
  ck_run (*_Nonnull characters)(
      const uint16_t *_Nonnull text, size_t start, size_t end, const uint8_t *_Nonnull classes,
      uint64_t own, uint8_t *_Nonnull bytes, uint64_t *_Nonnull tokens);

  /// Writes the words among pieces that cover a text, up to one longer than `longest` bytes, which is
  /// the last.
  ///
  /// - text, units: the code units.
  /// - pieces, count: each the end of a piece above eight bits, of which any is set where it is a word.
  ///
  /// Returns where it stands.
  ck_word_walk (*_Nonnull words)(
      const uint16_t *_Nonnull text, size_t units, const uint64_t *_Nonnull pieces, size_t count,
      ck_word_walk walk, size_t longest, uint8_t *_Nonnull bytes, uint64_t *_Nonnull tokens);

  /// Writes the runs of letters and of digits in a stretch of ASCII, and before the first one behind the
  /// end of a sentence the term of such an end, at a position of its own. It stops before what is no
  /// ASCII, before a run that 64 code units do not end, and before a run or a full stop of which what
  /// follows does not tell whether it ends there. NULL where a processor knows no better way than to
  /// take one after the other.
  ///
  /// - text, count: the code units.
  /// - stop: no run from here on need be written; fewer than 64 units behind it are.
  /// - classes: one for each code unit there is, of ASCII none that is a character or a mark.
  /// - walk: where to begin; what is written is counted on.
  ck_unit_walk (*_Nullable units)(
      const uint16_t *_Nonnull text, size_t count, size_t stop, const uint8_t *_Nonnull classes,
      ck_unit_walk walk, uint8_t *_Nonnull bytes, uint64_t *_Nonnull tokens);

  /// Makes code units of Hangul syllables and ASCII, with small letters for capitals, up to something
  /// else or until `room` has less than CK_FOLD_ROOM left. NULL where a processor knows no better way
  /// than to take one after the other.
  ///
  /// - text, count: UTF-8, which ends behind a character.
  ck_folded (*_Nullable fold_korean)(
      const uint8_t *_Nonnull text, size_t count, uint16_t *_Nonnull units, size_t room);
} ck_terms;

/// The kernels of a level; NULL where the processor does not have it.
const ck_terms *_Nullable ck_terms_at(ck_level level);
