// Word pieces by ICU's root word iterator.

#include <new>
#include <unicode/ubrk.h>

#include "cicu.h"

static_assert(sizeof(UChar) == sizeof(uint16_t), "UTF-16 code units");

struct cicu_words {
  UBreakIterator *iterator;
};

static const UChar *units(const uint16_t *text) { return reinterpret_cast<const UChar *>(text); }

// Lets the iterator meet Han. ICU finds the engine for a character by its script, and the prolonged
// sound mark has none of its own: an iterator that has not met Han or kana before cuts ー〇 otherwise
// than one that has, so that the cut of a text would depend on the texts before it.
static void load_engine(UBreakIterator *iterator, UErrorCode *status) {
  static const UChar han[] = {0x4E2D, 0x4E2D};
  ubrk_setText(iterator, han, 2, status);
  while (U_SUCCESS(*status) && ubrk_next(iterator) != UBRK_DONE) {
  }
}

cicu_words *cicu_words_open(void) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(UBRK_WORD, "", nullptr, 0, &status);
  if (U_FAILURE(status)) return nullptr;
  load_engine(iterator, &status);
  cicu_words *words = new (std::nothrow) cicu_words{iterator};
  if (!words) ubrk_close(iterator);
  return words;
}

void cicu_words_close(cicu_words *words) {
  if (!words) return;
  ubrk_close(words->iterator);
  delete words;
}

int32_t cicu_words_cut(
    cicu_words *words, const uint16_t *text, int32_t length, int32_t *ends, uint8_t *kinds) {
  if (length == 0) return 0;
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(words->iterator, units(text), length, &status);
  if (U_FAILURE(status)) return -1;
  int32_t count = 0;
  ubrk_first(words->iterator);
  for (int32_t end; (end = ubrk_next(words->iterator)) != UBRK_DONE; count++) {
    ends[count] = end;
    kinds[count] = static_cast<uint8_t>(ubrk_getRuleStatus(words->iterator) / 100);
  }
  // The iterator must not keep a pointer to text that is about to go.
  static const UChar nothing[1] = {0};
  ubrk_setText(words->iterator, nothing, 0, &status);
  return U_FAILURE(status) ? -1 : count;
}
