#include "ck_lines.h"

#include <string.h>

// Blanks and breaks beside U+0020 are control characters, U+0085 and U+00A0 (after C2), U+1680 (E1),
// U+2000 to U+200B, U+2028 to U+202F (E2 80), U+205F and U+2060 (E2 81), U+3000 (E3 80 80) and
// U+FEFF (EF BB BF). What is stopped at may be none of them: the caller looks closer.

/// Whether a character stops the passing. The text is valid, so that its other bytes are there.
static inline bool stops(const uint8_t *text) {
  switch (text[0]) {
  case 0xC2:
  case 0xE1: return true;
  case 0xE2: return (text[1] == 0x80 && (text[2] & 0xF0) != 0x90) || text[1] == 0x81;
  case 0xE3: return text[1] == 0x80 && text[2] == 0x80;
  case 0xEF: return text[1] == 0xBB;
  default: return text[0] < 0x20 || text[0] == 0x7F;
  }
}

/// Whether Han or kana may begin with a byte.
static inline bool may_begin_ideograph(uint8_t byte) {
  return byte >= 0xE3 && (byte < 0xEA || byte > 0xED);
}

/// Whether a blank that ends no line may follow the character at `at`, which is Han or kana.
static inline bool may_be_before_blank(const uint8_t *text, size_t count, size_t at) {
  size_t next = at + (text[at] < 0xF0 ? 3 : 4);
  return next < count && (text[next] == 0x20 || (stops(text + next) && text[next] - 0x0Au > 3));
}

static inline size_t length_of(uint8_t lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

static ck_line_part pass_scalar(const uint8_t *text, size_t count, size_t start) {
  ck_line_part part = {start, 0, 0, 0, false};
  const uint64_t ones = 0x0101010101010101, highest = ones << 7;
  bool is_behind_blank = false;
  while (part.end < count) {
    if (count - part.end >= 8) {
      uint64_t eight;
      memcpy(&eight, text + part.end, 8);
      // No byte from 80 on, none below 20, and none from 7F on.
      if (!((eight | ((eight | highest) - ones * 0x20) ^ highest | (eight + ones)) & highest)) {
        is_behind_blank = text[part.end + 7] == 0x20;
        part.narrow += 8;
        part.end += 8;
        continue;
      }
    }
    uint8_t lead = text[part.end];
    if (stops(text + part.end)) break;
    if (is_behind_blank && may_begin_ideograph(lead))
      part.may_be_spaced |= may_be_before_blank(text, count, part.end);
    is_behind_blank = lead == 0x20;
    part.narrow += lead < 0x80;
    part.wide += lead >= 0xE3 && lead <= 0xED;
    part.others += lead >= 0x80 && (lead < 0xE3 || lead > 0xED);
    part.end += length_of(lead);
  }
  return part;
}

static const ck_lines lines_scalar = {pass_scalar};

#if defined(__x86_64__)
#include "avx512.h"

AVX512_WITH_VBMI static inline uint64_t equal(__m512i bytes, uint8_t byte) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)byte));
}

/// The bytes from `first` on, as many values as `count`.
AVX512_WITH_VBMI static inline uint64_t among(__m512i bytes, uint8_t first, uint8_t count) {
  return _mm512_cmplt_epu8_mask(
      _mm512_sub_epi8(bytes, _mm512_set1_epi8((char)first)), _mm512_set1_epi8((char)count));
}

/// 64 bytes at a time, with the bytes one and two places behind each.
AVX512_WITH_VBMI static ck_line_part pass_avx512(const uint8_t *text, size_t count, size_t start) {
  ck_line_part part = {start, 0, 0, 0, false};
  uint64_t is_behind_blank = 0;
  while (part.end < count) {
    size_t size = count - part.end;
    const uint8_t *here = text + part.end;
    __m512i bytes = _mm512_maskz_loadu_epi8(first_bits(size), here);
    uint64_t stop = among(bytes, 0, 0x20) | equal(bytes, 0x7F) | equal(bytes, 0xC2) | equal(bytes, 0xE1);
    uint64_t marks = equal(bytes, 0xE2), kana = equal(bytes, 0xE3), forms = equal(bytes, 0xEF);
    if (marks | kana | forms) {
      __m512i second = _mm512_maskz_loadu_epi8(first_bits(size - 1), here + 1);
      __m512i third = _mm512_maskz_loadu_epi8(first_bits(size > 1 ? size - 2 : 0), here + 2);
      uint64_t first_of_block = equal(second, 0x80);
      stop |= (marks & ((first_of_block & ~among(third, 0x90, 0x10)) | equal(second, 0x81))) |
              (kana & first_of_block & equal(third, 0x80)) | (forms & equal(second, 0xBB));
    }
    size_t passed = _tzcnt_u64(stop);
    if (size < passed) passed = size;
    uint64_t known = first_bits(passed);
    uint64_t wide = among(bytes, 0xE3, 0xEE - 0xE3) & known;
    uint64_t leads = among(bytes, 0xC0, 0x40) & known;
    part.wide += (size_t)__builtin_popcountll(wide);
    part.others += (size_t)__builtin_popcountll(leads & ~wide);
    part.narrow += (size_t)__builtin_popcountll(known & ~_mm512_movepi8_mask(bytes));
    uint64_t blanks = equal(bytes, 0x20) & known;
    uint64_t ideographs = among(bytes, 0xE3, 0xEA - 0xE3) | among(bytes, 0xEE, 0x100 - 0xEE);
    for (uint64_t alone = known & ideographs & (blanks << 1 | is_behind_blank); alone;
         alone &= alone - 1)
      part.may_be_spaced |= may_be_before_blank(text, count, part.end + _tzcnt_u64(alone));
    is_behind_blank = blanks >> 63;
    part.end += passed;
    if (passed < 64) break;
  }
  return part;
}

static const ck_lines lines_avx512 = {pass_avx512};
#endif

const ck_lines *ck_lines_at(ck_level level) {
  if (!ck_has_level(level)) return NULL;
#if defined(__x86_64__)
  if (level == CK_AVX512) return &lines_avx512;
#endif
  return &lines_scalar;
}
