// The rules by which a text is cut into pieces, where they are those of UAX 29.
#pragma once

#include "ck_levels.h"

#include <stddef.h>
#include <stdint.h>

/// What a code unit is to the rules; nothing is known of what joins the unknown.
enum {
  CK_ROLE_UNKNOWN,
  /// ALetter, Numeric, ExtendNumLet, WSegSpace: joined among themselves, the first three with each other.
  CK_ROLE_LETTER,
  CK_ROLE_DIGIT,
  CK_ROLE_JOINER,
  CK_ROLE_BLANK,
  /// Joined among themselves, U+4E00 to U+9FFF and U+AC00 to U+D7A3.
  CK_ROLE_HAN,
  CK_ROLE_HANGUL,
  /// MidLetter, MidNum and MidNumLet: joined with a letter on each side, a digit on each side, or either.
  CK_ROLE_MID_LETTER,
  CK_ROLE_MID_DIGIT,
  CK_ROLE_MID_BOTH,
  /// CR, joined with LF behind it.
  CK_ROLE_RETURN,
  CK_ROLE_FEED,
  /// Joined with nothing that is known.
  CK_ROLE_OTHER,
  CK_ROLES
};

/// Pieces that were found.
typedef struct ck_pieces {
  size_t count;
  /// Whether one is of Han.
  uint8_t has_han;
} ck_pieces;

/// How many pieces behind those of the last code unit asked for are written at most.
#define CK_PIECES_AHEAD 64

/// Finds the pieces of a text from the place on where one begins, and writes the end of each above 24
/// bits: of code units whose roles are known, and as long as 64 of them hold the end of a piece and two
/// more. The last pieces of a text are never among them.
///
/// - text, count: the code units.
/// - start, stop: where the first piece begins, and from where on none need begin.
/// - entries: one for each code unit there is, its category in bits 48 to 55 and above them its flags.
/// - roles: one for each of 256 categories, of code units without flags; behind them those of ASCII.
/// - marks: for each role the lower 24 bits of a piece that ends with it; with more before a joiner those
///   of a digit where that is one, else those of a letter.
typedef ck_pieces (*ck_find_pieces)(
    const uint16_t *_Nonnull text, size_t count, size_t start, size_t stop,
    const uint64_t *_Nonnull entries, const uint8_t *_Nonnull roles, const uint64_t *_Nonnull marks,
    uint64_t *_Nonnull pieces);

/// What finds them; NULL where the processor knows no better way than to take one after the other.
ck_find_pieces _Nullable ck_find_pieces_at(ck_level level);
