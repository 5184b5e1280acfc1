// ICU's version, and its transliterators for the generator of the folding table.

#include <unicode/utrans.h>
#include <unicode/uversion.h>

#include "cicu.h"

void cicu_version(char *version) {
  UVersionInfo numbers;
  u_getVersion(numbers);
  u_versionToString(numbers, version);
}

int32_t cicu_transliterate(
    const char *id, const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity) {
  if (length > capacity) return -1;
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[64];
  int32_t count = 0;
  while (id[count] && count < 64) {
    wide[count] = static_cast<UChar>(id[count]);
    count++;
  }
  UTransliterator *transliterator =
      utrans_openU(wide, count, UTRANS_FORWARD, nullptr, 0, nullptr, &status);
  if (U_FAILURE(status)) return -1;
  for (int32_t i = 0; i < length; i++) result[i] = text[i];
  int32_t limit = length;
  utrans_transUChars(
      transliterator, reinterpret_cast<UChar *>(result), &length, capacity, 0, &limit, &status);
  utrans_close(transliterator);
  return U_FAILURE(status) ? -1 : length;
}
