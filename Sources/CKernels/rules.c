#include "ck_rules.h"

#if defined(__x86_64__)
#include "avx512.h"

/// Which of 64 code units, 32 in a register, are from `first` on, as many as `count`.
AVX512_WITH_VBMI static inline uint64_t among(
    __m512i lower, __m512i upper, uint16_t first, uint16_t count) {
  const __m512i from = _mm512_set1_epi16((short)first), size = _mm512_set1_epi16((short)count);
  return _mm512_cmplt_epu16_mask(_mm512_sub_epi16(lower, from), size) |
         (uint64_t)_mm512_cmplt_epu16_mask(_mm512_sub_epi16(upper, from), size) << 32;
}

// A place between two code units is told by the bit of the second one. What stands between is asked of
// all at once: those that join what they stand behind are set in a word as those are, moved by one.
AVX512_WITH_VBMI static ck_pieces find_avx512(
    const uint16_t *text, size_t count, size_t start, size_t stop, const uint64_t *entries,
    const uint8_t *all, const uint64_t *marks, uint64_t *pieces) {
  const __m512i low_roles = _mm512_loadu_si512(all + 256);
  const __m512i high_roles = _mm512_loadu_si512(all + 256 + 64);
  ck_pieces found = {0, 0};
  while (start < stop) {
    size_t size = count - start < 64 ? count - start : 64;
    uint64_t known = first_bits(size);
    __m512i lower = _mm512_maskz_loadu_epi16((__mmask32)known, text + start);
    __m512i upper = _mm512_maskz_loadu_epi16((__mmask32)(known >> 32), text + start + 32);
    uint64_t ascii = among(lower, upper, 0, 0x80) & known;
    uint64_t han = among(lower, upper, 0x4E00, 0xA000 - 0x4E00);
    uint64_t hangul = among(lower, upper, 0xAC00, 0xD7A4 - 0xAC00);
    __m512i bytes = _mm512_inserti64x4(
        _mm512_castsi256_si512(_mm512_cvtepi16_epi8(lower)), _mm512_cvtepi16_epi8(upper), 1);
    __m512i vector = _mm512_maskz_permutex2var_epi8(ascii, low_roles, bytes, high_roles);
    vector = _mm512_mask_mov_epi8(vector, han, _mm512_set1_epi8(CK_ROLE_HAN));
    vector = _mm512_mask_mov_epi8(vector, hangul, _mm512_set1_epi8(CK_ROLE_HANGUL));
    uint8_t roles[64];
    _mm512_storeu_si512(roles, vector);
    // Of each role, what is none of these: marks of a full width above all.
    uint64_t further[16] = {0};
    for (uint64_t others = known & ~(ascii | han | hangul); others; others &= others - 1) {
      size_t place = _tzcnt_u64(others);
      uint64_t entry = entries[text[start + place]];
      uint8_t role = entry >> 56 ? CK_ROLE_UNKNOWN : all[entry >> 48];
      roles[place] = role;
      further[role] |= 1ull << place;
    }
    uint64_t unknown = further[CK_ROLE_UNKNOWN] |
                       (ascii & _mm512_cmpeq_epi8_mask(vector, _mm512_setzero_si512()));
    size = _tzcnt_u64(unknown | ~known);
    if (size < 3) break;
    known = first_bits(size);
#define ARE(role) (known & (_mm512_cmpeq_epi8_mask(vector, _mm512_set1_epi8(role)) | further[role]))
    uint64_t letters = ARE(CK_ROLE_LETTER), digits = ARE(CK_ROLE_DIGIT);
    uint64_t words = letters | digits | ARE(CK_ROLE_JOINER);
    uint64_t blanks = ARE(CK_ROLE_BLANK);
    uint64_t mid_both = ARE(CK_ROLE_MID_BOTH);
    uint64_t mid_letters = ARE(CK_ROLE_MID_LETTER) | mid_both;
    uint64_t mid_digits = ARE(CK_ROLE_MID_DIGIT) | mid_both;
    uint64_t between = (mid_letters & letters << 1 & letters >> 1) |
                       (mid_digits & digits << 1 & digits >> 1);
    uint64_t joined = (words & words << 1) | (blanks & blanks << 1) | (han & han << 1) |
                      (hangul & hangul << 1) | (ARE(CK_ROLE_FEED) & ARE(CK_ROLE_RETURN) << 1) |
                      between | between << 1;
#undef ARE
    // The last place may be before what is joined by what follows.
    uint64_t ends = ~joined & first_bits(size - 1) & ~1ull;
    if (!ends) break;
    size_t first = 0;
    for (; ends; ends &= ends - 1) {
      size_t end = _tzcnt_u64(ends);
      uint8_t role = roles[end - 1];
      if (role == CK_ROLE_JOINER && end - 1 > first)
        role = roles[end - 2] == CK_ROLE_DIGIT ? CK_ROLE_DIGIT : CK_ROLE_LETTER;
      pieces[found.count++] = (uint64_t)(start + end) << 24 | marks[role];
      first = end;
    }
    found.has_han |= (han & first_bits(first)) != 0;
    start += first;
    if (size < 64) break;
  }
  return found;
}
#endif

ck_find_pieces ck_find_pieces_at(ck_level level) {
#if defined(__x86_64__)
  if (level == CK_AVX512 && ck_has_level(level)) return find_avx512;
#endif
  return NULL;
}
