// Normalization and properties of characters.

#include <initializer_list>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include "cicu.h"

int32_t cicu_casefold(
    const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&status);
  if (U_FAILURE(status)) return -1;
  int32_t needed = unorm2_normalize(
      fold, reinterpret_cast<const UChar *>(text), length, reinterpret_cast<UChar *>(result),
      capacity, &status);
  return U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR ? -1 : needed;
}

int32_t cicu_casefold_scalars(
    uint32_t first, int32_t count, uint16_t *units, uint8_t *lengths, uint8_t *boundaries) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&status);
  if (U_FAILURE(status)) return -1;
  for (int32_t i = 0; i < count; i++) {
    UChar32 scalar = static_cast<UChar32>(first) + i;
    UChar source[2];
    int32_t length = 0;
    U16_APPEND_UNSAFE(source, length, scalar);
    int32_t folded = unorm2_normalize(
        fold, source, length, reinterpret_cast<UChar *>(units + i * CICU_FOLD_MAX), CICU_FOLD_MAX,
        &status);
    if (U_FAILURE(status)) return -1;
    lengths[i] = static_cast<uint8_t>(folded);
    bool surrogate = U_IS_SURROGATE(scalar);
    boundaries[i] =
        (surrogate || unorm2_hasBoundaryBefore(fold, scalar) ? CICU_BOUNDARY_BEFORE : 0)
        | (surrogate || unorm2_hasBoundaryAfter(fold, scalar) ? CICU_BOUNDARY_AFTER : 0);
  }
  return 0;
}

static uint8_t properties(UChar32 scalar) {
  uint8_t flags = 0;
  uint32_t category = U_GET_GC_MASK(scalar);
  if (category & (U_GC_L_MASK | U_GC_NL_MASK)) flags |= CICU_LETTER;
  if (category & U_GC_ND_MASK) flags |= CICU_DIGIT;
  if (category & (U_GC_MN_MASK | U_GC_MC_MASK)) flags |= CICU_MARK;
  if (u_isUWhiteSpace(scalar)) flags |= CICU_BLANK;
  for (UScriptCode script :
       {USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_BOPOMOFO, USCRIPT_HANGUL,
        USCRIPT_YI}) {
    if (uscript_hasScript(scalar, script)) flags |= CICU_EAST_ASIAN;
  }
  if (u_getIntPropertyValue(scalar, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) {
    flags |= CICU_WITHOUT_BLANKS;
  }
  return flags;
}

void cicu_properties(uint32_t first, int32_t count, uint8_t *flags) {
  for (int32_t i = 0; i < count; i++) flags[i] = properties(static_cast<UChar32>(first) + i);
}
