#include "terms.h"

#include <string.h>

static ck_run characters_scalar(
    const uint16_t *text, size_t start, size_t end, const uint8_t *classes, uint64_t own,
    uint8_t *bytes, uint64_t *tokens) {
  ck_run run = {0, start};
  int is_in_run = 1;
  while (is_in_run && run.end < end) {
    // Some at a time without what stands between them: where words end nobody foresees.
    uint16_t found[64];
    size_t count = 0;
    size_t stop = end - run.end < 64 ? end : run.end + 64;
    for (; run.end < stop; run.end++) {
      uint16_t unit = text[run.end];
      uint8_t kind = classes[unit];
      is_in_run = kind <= CK_CLASS_CHARACTER;
      if (!is_in_run) break;
      found[count] = unit;
      count += kind == CK_CLASS_CHARACTER;
    }
    for (size_t i = 0; i < count; i++) {
      uint64_t character = three_bytes(found[i]);
      uint64_t eight = character * 0x0001000001000001;
      uint32_t last = (uint32_t)(character >> 16);
      memcpy(bytes, &eight, 8);
      memcpy(bytes + 8, &last, 4);
      bytes += 9;
    }
    for (size_t i = 0; i < count; i++, own += (uint64_t)1 << 32) {
      tokens[2 * i] = own - ((uint64_t)1 << 32) + 3;
      tokens[2 * i + 1] = own;
    }
    tokens += 2 * count;
    run.count += count;
  }
  return run;
}

/// The lanes of 16 bits in which the highest bit is set where a code unit is no scalar from U+0800 to
/// U+D7FF.
static inline uint64_t no_threes(uint64_t units) {
  const uint64_t ones = 0x0001000100010001;
  uint64_t upper = units >> 11 & ones * 0x1F;
  return ((ones * 0x8000 - upper) | (upper + ones * (0x8000 - 0x1B))) & ones * 0x8000;
}

/// The UTF-8 of two code units of three bytes each.
static inline uint64_t six_bytes(uint64_t two) {
  uint64_t apart = (two | two << 16) & 0x0000FFFF0000FFFF;
  uint64_t bytes = 0x008080E0008080E0 | (apart >> 12 & 0x0000000F0000000F) |
                   (apart & 0x00000FC000000FC0) << 2 | (apart & 0x0000003F0000003F) << 16;
  return (bytes & 0xFFFFFF) | (bytes >> 8 & 0xFFFFFF000000);
}

static inline void write_four(uint64_t units, uint8_t *bytes) {
  uint64_t first = six_bytes(units & 0xFFFFFFFF), second = six_bytes(units >> 32);
  memcpy(bytes, &first, 8);
  memcpy(bytes + 6, &second, 8);
}

/// The lanes of 16 bits among the first `count` in which there is no ASCII.
static inline uint64_t no_ascii(uint64_t units, size_t count) {
  uint64_t known = count >= 4 ? ~(uint64_t)0 : ~(~(uint64_t)0 << 16 * count);
  return units & known & 0xFF80FF80FF80FF80;
}

static inline void write_four_ascii(uint64_t units, uint8_t *bytes) {
  uint64_t two = (units | units >> 8) & 0x0000FFFF0000FFFF;
  uint32_t four = (uint32_t)(two | two >> 16);
  memcpy(bytes, &four, 4);
}

/// Writes up to eight characters of three bytes each, or of ASCII, as if they were four or eight,
/// because how many they are nobody foresees.
static inline size_t write_word(
    const uint16_t *text, size_t units, size_t start, size_t end, uint8_t *bytes) {
  size_t count = end - start;
  uint64_t four, more;
  if (count <= 4 && start + 4 <= units) {
    memcpy(&four, text + start, 8);
    if (!no_ascii(four, count)) {
      write_four_ascii(four, bytes);
      return count;
    }
    uint64_t others = no_threes(four);
    if (!others || (size_t)__builtin_ctzll(others) / 16 >= count) {
      write_four(four, bytes);
      return 3 * count;
    }
  } else if (count <= 8 && start + 8 <= units) {
    memcpy(&four, text + start, 8);
    memcpy(&more, text + start + 4, 8);
    if (!no_ascii(four, 4) && !no_ascii(more, count - 4)) {
      write_four_ascii(four, bytes);
      write_four_ascii(more, bytes + 4);
      return count;
    }
    uint64_t others = no_threes(more);
    if (!no_threes(four) && (!others || (size_t)__builtin_ctzll(others) / 16 >= count - 4)) {
      write_four(four, bytes);
      write_four(more, bytes + 12);
      return 3 * count;
    }
  }
  return write_any(text, start, end, bytes);
}

static ck_word_walk words_scalar(
    const uint16_t *text, size_t units, const uint64_t *pieces, size_t count, ck_word_walk walk,
    size_t longest, uint8_t *bytes, uint64_t *tokens) {
  size_t length = 0;
  while (walk.piece < count && length <= longest) {
    uint64_t piece = pieces[walk.piece++];
    size_t start = walk.start, end = piece >> 8;
    walk.start = end;
    if (!(piece & 0xFF)) continue;
    length = write_word(text, units, start, end, bytes + walk.place);
    tokens[walk.term++] = length;
    walk.place += length;
  }
  return walk;
}

static const ck_terms terms_scalar = {characters_scalar, words_scalar, NULL, NULL};

const ck_terms *ck_terms_at(ck_level level) {
  if (!ck_has_level(level)) return NULL;
#if defined(__x86_64__)
  if (level == CK_AVX512) return &ck_terms_avx512;
#endif
  return &terms_scalar;
}
