// Terms by AVX-512: up to 64 code units at a time are told apart and brought together, and what
// sixteen of them have in UTF-8 is put in its places by permutations of bytes.
#if defined(__x86_64__)
#include "avx512.h"
#include "terms.h"

/// The first three bytes of each of sixteen lanes, one behind the other.
static const uint8_t once[64] = {
#define AT(lane) 4 * lane, 4 * lane + 1, 4 * lane + 2
    AT(0), AT(1), AT(2),  AT(3),  AT(4),  AT(5),  AT(6),  AT(7),
    AT(8), AT(9), AT(10), AT(11), AT(12), AT(13), AT(14), AT(15)};

/// The same, each three times.
static const uint8_t thrice[192] = {
#define THRICE(lane) AT(lane), AT(lane), AT(lane)
    THRICE(0), THRICE(1), THRICE(2),  THRICE(3),  THRICE(4),  THRICE(5),  THRICE(6),  THRICE(7),
    THRICE(8), THRICE(9), THRICE(10), THRICE(11), THRICE(12), THRICE(13), THRICE(14), THRICE(15)};
#undef THRICE
#undef AT

/// The UTF-8 of sixteen scalars from U+0800 to U+FFFF, in a lane of four bytes each.
AVX512_WITH_VBMI static inline __m512i three_bytes_of_each(__m256i units) {
  __m512i scalars = _mm512_cvtepu16_epi32(units);
  __m512i first = _mm512_or_si512(_mm512_srli_epi32(scalars, 12), _mm512_set1_epi32(0x8080E0));
  __m512i second =
      _mm512_and_si512(_mm512_slli_epi32(scalars, 2), _mm512_set1_epi32(0x3F00));
  __m512i third =
      _mm512_and_si512(_mm512_slli_epi32(scalars, 16), _mm512_set1_epi32(0x3F0000));
  return _mm512_or_si512(first, _mm512_or_si512(second, third));
}

/// Which of some code units are from `first` on, as many as `count`.
AVX512_WITH_VBMI static inline __mmask32 among(__m512i units, uint16_t first, uint16_t count) {
  return _mm512_cmplt_epu16_mask(
      _mm512_sub_epi16(units, _mm512_set1_epi16((short)first)), _mm512_set1_epi16((short)count));
}

/// Writes sixteen characters, of which `count` mean something.
AVX512_WITH_VBMI static inline void write_characters(
    __m256i units, size_t count, uint64_t own, uint8_t *bytes, uint64_t *tokens) {
  __m512i threes = three_bytes_of_each(units);
  _mm512_storeu_si512(bytes, _mm512_permutexvar_epi8(_mm512_loadu_si512(thrice), threes));
  if (count > 7) {
    _mm512_storeu_si512(
        bytes + 64, _mm512_permutexvar_epi8(_mm512_loadu_si512(thrice + 64), threes));
    _mm_storeu_si128(
        (__m128i *)(bytes + 128),
        _mm512_castsi512_si128(_mm512_permutexvar_epi8(_mm512_loadu_si512(thrice + 128), threes)));
  }
  const int64_t one = (int64_t)1 << 32;
  __m512i four = _mm512_add_epi64(
      _mm512_set1_epi64((int64_t)own),
      _mm512_setr_epi64(3 - one, 0, 3, one, one + 3, 2 * one, 2 * one + 3, 3 * one));
  for (size_t i = 0; i < count; i += 4) {
    _mm512_storeu_si512(tokens + 2 * i, four);
    four = _mm512_add_epi64(four, _mm512_set1_epi64(4 * one));
  }
}

AVX512_WITH_VBMI static ck_run characters_avx512(
    const uint16_t *text, size_t start, size_t end, const uint8_t *classes, uint64_t own,
    uint8_t *bytes, uint64_t *tokens) {
  ck_run run = {0, start};
  while (run.end < end) {
    size_t size = end - run.end < 32 ? end - run.end : 32;
    __mmask32 known = (__mmask32)_bzhi_u64(~0ull, (unsigned)size);
    __m512i units = _mm512_maskz_loadu_epi16(known, text + run.end);
    __mmask32 characters = among(units, 0x4E00, 0x9F00 - 0x4E00) | among(units, 0xAC00, 0xD7A4 - 0xAC00);
    __mmask32 blanks = _mm512_cmpeq_epi16_mask(units, _mm512_set1_epi16(0x20));
    int is_in_run = 1;
    for (__mmask32 others = known & ~(characters | blanks); others; others &= others - 1) {
      unsigned place = (unsigned)__builtin_ctz(others);
      uint8_t kind = classes[text[run.end + place]];
      if (kind > CK_CLASS_CHARACTER) {
        size = place;
        is_in_run = 0;
        break;
      }
      characters |= (__mmask32)(kind == CK_CLASS_CHARACTER) << place;
    }
    characters = _bzhi_u32(characters, (unsigned)size);
    size_t count = (size_t)__builtin_popcount(characters);
    __m512i found = _mm512_maskz_compress_epi16(characters, units);
    write_characters(_mm512_castsi512_si256(found), count < 16 ? count : 16, own, bytes, tokens);
    if (count > 16)
      write_characters(
          _mm512_extracti64x4_epi64(found, 1), count - 16, own + ((uint64_t)16 << 32),
          bytes + 9 * 16, tokens + 2 * 16);
    bytes += 9 * count;
    tokens += 2 * count;
    own += (uint64_t)count << 32;
    run.count += count;
    run.end += size;
    if (!is_in_run) break;
  }
  return run;
}

AVX512_WITH_VBMI static ck_word_walk words_avx512(
    const uint16_t *text, size_t units, const uint64_t *pieces, size_t count, ck_word_walk walk,
    size_t longest, uint8_t *bytes, uint64_t *tokens) {
  (void)units;
  const __m512i places = _mm512_loadu_si512(once);
  size_t length = 0;
  while (walk.piece < count && length <= longest) {
    uint64_t piece = pieces[walk.piece++];
    size_t start = walk.start, end = piece >> 8;
    walk.start = end;
    if (!(piece & 0xFF)) continue;
    size_t size = end - start;
    __mmask16 known = (__mmask16)_bzhi_u32(0xFFFF, (unsigned)size);
    __m256i word = _mm256_maskz_loadu_epi16(known, text + start);
    // Below U+0800, or half of a pair of surrogates.
    __mmask16 others =
        _mm256_mask_cmplt_epu16_mask(known, word, _mm256_set1_epi16(0x800)) |
        _mm256_cmpeq_epi16_mask(
            _mm256_and_si256(word, _mm256_set1_epi16((short)0xF800)),
            _mm256_set1_epi16((short)0xD800));
    if (size <= 16 && !others) {
      __m512i all = _mm512_permutexvar_epi8(places, three_bytes_of_each(word));
      // Nearly all of them; what is shorter lies in one line of the cache more often.
      if (size <= 5)
        _mm_storeu_si128((__m128i *)(bytes + walk.place), _mm512_castsi512_si128(all));
      else
        _mm512_storeu_si512(bytes + walk.place, all);
      length = 3 * size;
    } else if (size <= 16 && !_mm256_test_epi16_mask(word, _mm256_set1_epi16((short)0xFF80))) {
      _mm_storeu_si128((__m128i *)(bytes + walk.place), _mm256_cvtepi16_epi8(word));
      length = size;
    } else {
      length = write_any(text, start, end, bytes + walk.place);
    }
    tokens[walk.term++] = length;
    walk.place += length;
  }
  return walk;
}

/// The bytes of up to 64 code units of ASCII, and which they are: the first ones, up to another.
AVX512_WITH_VBMI static inline size_t load_ascii(const uint16_t *text, size_t count, __m512i *bytes) {
  uint64_t known = first_bits(count);
  __m512i lower = _mm512_maskz_loadu_epi16((__mmask32)known, text);
  __m512i upper = _mm512_maskz_loadu_epi16((__mmask32)(known >> 32), text + 32);
  const __m512i beyond = _mm512_set1_epi16((short)0xFF80);
  uint64_t others = _mm512_test_epi16_mask(lower, beyond) |
                    (uint64_t)_mm512_test_epi16_mask(upper, beyond) << 32;
  *bytes = _mm512_inserti64x4(
      _mm512_castsi256_si512(_mm512_cvtepi16_epi8(lower)), _mm512_cvtepi16_epi8(upper), 1);
  return _tzcnt_u64(others | ~known);
}

AVX512_WITH_VBMI static ck_unit_walk units_avx512(
    const uint16_t *text, size_t count, size_t stop, const uint8_t *classes, ck_unit_walk walk,
    uint8_t *bytes, uint64_t *tokens) {
  const __m512i lower = _mm512_loadu_si512(classes), upper = _mm512_loadu_si512(classes + 64);
  while (walk.end < stop) {
    size_t left = count - walk.end;
    __m512i ascii;
    size_t size = load_ascii(text + walk.end, left < 64 ? left : 64, &ascii);
    if (size == 0) break;
    __m512i kinds = _mm512_permutex2var_epi8(lower, ascii, upper);
    // At the end of a text nothing goes on.
    uint8_t next = size < left ? classes[text[walk.end + size]] : CK_CLASS_LINE_END;
    uint64_t known = first_bits(size), last = (uint64_t)1 << (size - 1);
#define ARE(kind) (known & _mm512_cmpeq_epi8_mask(kinds, _mm512_set1_epi8(kind)))
    uint64_t letters = ARE(CK_CLASS_LETTER), digits = ARE(CK_CLASS_DIGIT);
    uint64_t line_ends = ARE(CK_CLASS_LINE_END), stops = ARE(CK_CLASS_FULL_STOP);
    uint64_t blanks = line_ends | ARE(CK_CLASS_BLANK);
    uint64_t ends = line_ends | ARE(CK_CLASS_SENTENCE_END) | (stops & blanks >> 1);
#undef ARE
    int next_is_known = next <= CK_CLASS_LINE_END;
    if ((stops & last) && (next == CK_CLASS_BLANK || next == CK_CLASS_LINE_END)) ends |= last;
    // What goes on behind, or may.
    uint64_t open = 0;
    if ((letters & last) &&
        (!next_is_known || next == CK_CLASS_LETTER || next == CK_CLASS_MARK))
      open = letters;
    else if ((digits & last) && (!next_is_known || next == CK_CLASS_DIGIT))
      open = digits;
    else if ((stops & last) && !next_is_known)
      open = last;
    size_t used = size;
    if (open) used -= _lzcnt_u64(~(open << (64 - size)));
    if (used == 0) break;
    letters &= first_bits(used);
    digits &= first_bits(used);
    ends &= first_bits(used);
    uint64_t firsts = (letters & ~(letters << 1)) | (digits & ~(digits << 1));
    uint64_t lasts = (letters & ~(letters >> 1)) | (digits & ~(digits >> 1));
    for (; firsts; firsts &= firsts - 1, lasts &= lasts - 1) {
      uint64_t before = (firsts & -firsts) - 1, run = (lasts ^ (lasts - 1)) & ~before;
      if (walk.is_after_end || (ends & before)) {
        if (walk.position > 0) {
          // A paragraph sign.
          memcpy(bytes + walk.bytes, "\xC2\xB6", 2);
          tokens[walk.tokens++] = (uint64_t)walk.position++ << 32 | 2;
          walk.bytes += 2;
        }
        walk.is_after_end = 0;
        ends &= ~before;
      }
      size_t length = (size_t)__builtin_popcountll(run);
      __m512i found = _mm512_maskz_compress_epi8(run, ascii);
      if (length <= 16)
        _mm_storeu_si128((__m128i *)(bytes + walk.bytes), _mm512_castsi512_si128(found));
      else
        _mm512_storeu_si512(bytes + walk.bytes, found);
      tokens[walk.tokens++] = (uint64_t)walk.position++ << 32 | length;
      walk.bytes += length;
      walk.units++;
    }
    walk.is_after_end |= ends != 0;
    walk.end += used;
    if (size < 64) break;
  }
  return walk;
}

/// The code units of 32 characters, of whose bytes each register has one; of ASCII the first counts.
AVX512_WITH_VBMI static inline __m512i units_of(__m256i first, __m256i second, __m256i third) {
  __m512i lead = _mm512_cvtepu8_epi16(first);
  __m512i unit = _mm512_or_si512(
      _mm512_slli_epi16(lead, 12),
      _mm512_or_si512(
          _mm512_slli_epi16(
              _mm512_and_si512(_mm512_cvtepu8_epi16(second), _mm512_set1_epi16(0x3F)), 6),
          _mm512_and_si512(_mm512_cvtepu8_epi16(third), _mm512_set1_epi16(0x3F))));
  return _mm512_mask_mov_epi16(unit, _mm256_movepi8_mask(first) ^ 0xFFFFFFFF, lead);
}

/// Which of 32 code units are neither Hangul nor ASCII.
AVX512_WITH_VBMI static inline __mmask32 not_korean(__m512i units) {
  return ~(among(units, 0xAC00, 0xD7A4 - 0xAC00) | among(units, 0, 0x80));
}

AVX512_WITH_VBMI static ck_folded fold_korean_avx512(
    const uint8_t *text, size_t count, uint16_t *units, size_t room) {
  static const uint8_t iota[66] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 0,  0};
  const __m512i next = _mm512_loadu_si512(iota + 1), after_next = _mm512_loadu_si512(iota + 2);
  ck_folded done = {0, 0};
  while (done.bytes < count && room - done.units >= CK_FOLD_ROOM) {
    size_t size = count - done.bytes;
    __m512i bytes = _mm512_maskz_loadu_epi8(first_bits(size), text + done.bytes);
    uint64_t beyond = _mm512_movepi8_mask(bytes);
    // From EA to ED, and from 80 to BF.
    uint64_t leads = _mm512_cmplt_epu8_mask(
        _mm512_sub_epi8(bytes, _mm512_set1_epi8((char)0xEA)), _mm512_set1_epi8(4));
    uint64_t others =
        beyond & ~leads & _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xC0));
    // One whose bytes are not all here is taken with the next.
    size_t end = _tzcnt_u64(others | (leads & (uint64_t)3 << 62));
    if (size < end) end = size;
    uint64_t starts = (leads | ~beyond) & first_bits(end);
    size_t found = (size_t)__builtin_popcountll(starts);
    __mmask64 capitals = _mm512_cmplt_epu8_mask(
        _mm512_sub_epi8(bytes, _mm512_set1_epi8('A')), _mm512_set1_epi8(26));
    __m512i first = _mm512_maskz_compress_epi8(
        starts, _mm512_mask_add_epi8(bytes, capitals, bytes, _mm512_set1_epi8(0x20)));
    __m512i second = _mm512_maskz_compress_epi8(starts, _mm512_permutexvar_epi8(next, bytes));
    __m512i third = _mm512_maskz_compress_epi8(starts, _mm512_permutexvar_epi8(after_next, bytes));
    __m512i some = units_of(
        _mm512_castsi512_si256(first), _mm512_castsi512_si256(second),
        _mm512_castsi512_si256(third));
    uint64_t wrong = not_korean(some);
    _mm512_storeu_si512(units + done.units, some);
    if (found > 32) {
      __m512i more = units_of(
          _mm512_extracti64x4_epi64(first, 1), _mm512_extracti64x4_epi64(second, 1),
          _mm512_extracti64x4_epi64(third, 1));
      wrong |= (uint64_t)not_korean(more) << 32;
      _mm512_storeu_si512(units + done.units + 32, more);
    }
    // Behind the last all are 0.
    if (wrong) {
      size_t taken = _tzcnt_u64(wrong);
      done.bytes += _tzcnt_u64(_pdep_u64((uint64_t)1 << taken, starts));
      done.units += taken;
      break;
    }
    done.bytes += end;
    done.units += found;
    if (end < 62) break;
  }
  return done;
}

const ck_terms ck_terms_avx512 = {characters_avx512, words_avx512, units_avx512, fold_korean_avx512};
#endif
