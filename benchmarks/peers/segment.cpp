// Cuts lines into ICU's words, folded by NFKC_Casefold, with blanks between: the one input of all
// engines. Reads standard input, writes standard output, a line for a line.
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

namespace {

void check(UErrorCode status, const char *what) {
  if (U_SUCCESS(status)) return;
  std::fprintf(stderr, "segment: %s: %s\n", what, u_errorName(status));
  std::exit(2);
}

}  // namespace

int main() {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&status);
  check(status, "normalizer");
  UBreakIterator *words = ubrk_open(UBRK_WORD, "", nullptr, 0, &status);
  check(status, "word iterator");
  std::ios::sync_with_stdio(false);

  std::string line, output, word;
  std::u16string text, folded;
  while (std::getline(std::cin, line)) {
    int32_t length = 0;
    text.resize(line.size() + 1);
    u_strFromUTF8WithSub(text.data(), static_cast<int32_t>(text.size()), &length, line.data(),
                         static_cast<int32_t>(line.size()), 0xFFFD, nullptr, &status);
    check(status, "decoding");
    // No scalar folds to more than 18 units.
    folded.resize(static_cast<size_t>(length) * 18 + 1);
    length = unorm2_normalize(fold, text.data(), length, folded.data(),
                              static_cast<int32_t>(folded.size()), &status);
    check(status, "folding");
    ubrk_setText(words, folded.data(), length, &status);
    check(status, "cutting");

    output.clear();
    int32_t start = ubrk_first(words);
    for (int32_t end; (end = ubrk_next(words)) != UBRK_DONE; start = end) {
      if (ubrk_getRuleStatus(words) < UBRK_WORD_NONE_LIMIT) continue;
      int32_t size = 0;
      word.resize(static_cast<size_t>(end - start) * 3 + 1);
      u_strToUTF8(word.data(), static_cast<int32_t>(word.size()), &size, folded.data() + start,
                  end - start, &status);
      check(status, "encoding");
      if (!output.empty()) output += ' ';
      output.append(word, 0, static_cast<size_t>(size));
    }
    output += '\n';
    std::fwrite(output.data(), 1, output.size(), stdout);
  }
  ubrk_close(words);
}
