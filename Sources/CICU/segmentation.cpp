// What ICU's word iterator works with: its dictionary, and its rules as a compiled automaton.

#include <cstdio>
#include <cstring>
#include <new>
#include <unicode/icudataver.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucharstrie.h>
#include <unicode/ucptrie.h>
#include <unicode/udata.h>
#include <unicode/unistr.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/uversion.h>
#include <vector>

#include "cicu.h"

// ---------------------------------------------------------------------------- dictionary

// Layout: icu4c/source/common/dictionarydata.h, format version 1. Indexes of 32 bits come first.
namespace {

enum { trie_offset, reserved_1, reserved_2, total_size, trie_type, index_count };
enum { trie_type_mask = 7, trie_of_units = 1, trie_has_values = 8 };

UBool is_dictionary(void *, const char *, const char *, const UDataInfo *info) {
  return info->size >= 20 && info->isBigEndian == U_IS_BIG_ENDIAN
      && std::memcmp(info->dataFormat, "Dict", 4) == 0 && info->formatVersion[0] == 1;
}

class Dictionary {
 public:
  Dictionary() {
    UErrorCode status = U_ZERO_ERROR;
    data_ = udata_openChoice(
        U_ICUDATA_NAME "-brkitr", "dict", "cjdict", is_dictionary, nullptr, &status);
    if (U_FAILURE(status)) return;
    indexes_ = static_cast<const int32_t *>(udata_getMemory(data_));
    bool understood = (indexes_[trie_type] & trie_type_mask) == trie_of_units
        && (indexes_[trie_type] & trie_has_values)
        && indexes_[trie_offset] >= static_cast<int32_t>(index_count * sizeof(int32_t))
        && indexes_[trie_offset] < indexes_[total_size];
    if (!understood) indexes_ = nullptr;
  }
  ~Dictionary() {
    if (data_) udata_close(data_);
  }
  Dictionary(const Dictionary &) = delete;

  bool is_there() const { return indexes_ != nullptr; }
  int32_t size() const { return indexes_[total_size]; }

  // Calls `body` with each word and its cost; false if a word cannot be read or has a cost that is
  // no byte but 0.
  template <typename Body>
  bool for_each(Body body) const {
    UErrorCode status = U_ZERO_ERROR;
    icu::UCharsTrie::Iterator words(
        reinterpret_cast<const char16_t *>(
            reinterpret_cast<const char *>(indexes_) + indexes_[trie_offset]),
        0, status);
    while (words.next(status)) {
      int32_t cost = words.getValue();
      if (cost <= 0 || cost > 255 || words.getString().isEmpty()) return false;
      body(words.getString(), static_cast<uint8_t>(cost));
    }
    return U_SUCCESS(status);
  }

 private:
  UDataMemory *data_ = nullptr;
  const int32_t *indexes_ = nullptr;
};

}  // namespace

int32_t cicu_dictionary_name(char *name, int32_t capacity) {
  Dictionary dictionary;
  if (!dictionary.is_there()) return -1;
  UErrorCode status = U_ZERO_ERROR;
  UVersionInfo numbers;
  char icu[U_MAX_VERSION_STRING_LENGTH], data[U_MAX_VERSION_STRING_LENGTH];
  u_getVersion(numbers);
  u_versionToString(numbers, icu);
  u_getDataVersion(numbers, &status);
  if (U_FAILURE(status)) return -1;
  u_versionToString(numbers, data);
  int32_t length = std::snprintf(name, capacity, "%s-%s-%d", icu, data, dictionary.size());
  return length < capacity ? length : -1;
}

int32_t cicu_dictionary_size(int32_t *words, int32_t *units) {
  Dictionary dictionary;
  *words = *units = 0;
  bool read = dictionary.is_there()
      && dictionary.for_each([&](const icu::UnicodeString &word, uint8_t) {
           *words += 1;
           *units += word.length();
         });
  return read ? 0 : -1;
}

int32_t cicu_dictionary_read(uint16_t *units, int32_t *ends, uint8_t *costs) {
  Dictionary dictionary;
  int32_t end = 0;
  bool read = dictionary.is_there()
      && dictionary.for_each([&](const icu::UnicodeString &word, uint8_t cost) {
           std::memcpy(units + end, word.getBuffer(), word.length() * sizeof(uint16_t));
           end += word.length();
           *ends++ = end;
           *costs++ = cost;
         });
  return read ? 0 : -1;
}

// ---------------------------------------------------------------------------- rules

// Layout: icu4c/source/common/rbbidata.h, format version 6.
namespace {

struct Header {
  uint32_t magic;
  uint8_t format[4];
  uint32_t length, categories;
  uint32_t forward, forward_length, reverse, reverse_length, trie, trie_length;
  uint32_t source, source_length, statuses, statuses_length;
};

struct StateTable {
  uint32_t states, row_length, dictionary_categories, look_ahead_size, flags;
};

enum { rules_magic = 0xB1A0, rules_format = 6 };
enum { bof_required = 2, rows_of_bytes = 4 };
enum { accepts_always = 1, end_of_text = 1 };
// A row: accepting, look-ahead, status, then the next state for each category.
enum { row_accepting, row_look_ahead, row_status, row_next };

}  // namespace

struct cicu_rules {
  std::vector<uint32_t> bytes;
  UCPTrie *categories = nullptr;
  bool hangul_is_divided = false;

  template <typename Part>
  const Part *at(uint32_t offset) const {
    return reinterpret_cast<const Part *>(reinterpret_cast<const uint8_t *>(bytes.data()) + offset);
  }
  const Header &header() const { return *at<Header>(0); }
  const StateTable &table() const { return *at<StateTable>(header().forward); }
  uint32_t cell(uint32_t state, uint32_t column) const {
    uint32_t rows = header().forward + sizeof(StateTable) + state * table().row_length;
    return table().flags & rows_of_bytes ? at<uint8_t>(rows)[column] : at<uint16_t>(rows)[column];
  }
  // The last of a group of statuses, which ICU reports; the group's size stands before it.
  uint32_t status(uint32_t group) const {
    const uint32_t *statuses = at<uint32_t>(header().statuses);
    return statuses[group + statuses[group]];
  }

  bool holds(uint32_t offset, uint32_t length) const {
    return offset % 4 == 0 && offset <= header().length && length <= header().length - offset;
  }
  bool is_understood() const;
};

bool cicu_rules::is_understood() const {
  const Header &head = header();
  if (head.magic != rules_magic || head.format[0] != rules_format) return false;
  if (head.length > bytes.size() * sizeof(uint32_t) || head.categories > CICU_RULES_CATEGORIES
      || !holds(head.forward, head.forward_length) || !holds(head.trie, head.trie_length)
      || !holds(head.statuses, head.statuses_length)
      || head.forward_length < sizeof(StateTable))
    return false;
  const StateTable &states = table();
  uint32_t width = states.flags & rows_of_bytes ? 1 : 2;
  if (states.states < 2 || states.states > CICU_RULES_STATES || states.flags & bof_required
      || states.row_length < width * (row_next + head.categories)
      || head.forward_length < sizeof(StateTable) + states.states * states.row_length)
    return false;
  for (uint32_t state = 0; state < states.states; state++) {
    uint32_t group = cell(state, row_status), room = head.statuses_length / sizeof(uint32_t);
    if (cell(state, row_accepting) > accepts_always || cell(state, row_look_ahead) != 0
        || cell(state, row_next + end_of_text) != 0 || group >= room
        || at<uint32_t>(head.statuses)[group] >= room - group || status(group) / 100 >= CICU_ACCEPTS)
      return false;
    for (uint32_t category = 0; category < head.categories; category++) {
      if (cell(state, row_next + category) >= states.states) return false;
    }
  }
  return true;
}

cicu_rules *cicu_rules_open(void) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(UBRK_WORD, "", nullptr, 0, &status);
  if (U_FAILURE(status)) return nullptr;
  cicu_rules *rules = new (std::nothrow) cicu_rules;
  int32_t length = ubrk_getBinaryRules(iterator, nullptr, 0, &status);
  if (rules && U_SUCCESS(status) && length >= static_cast<int32_t>(sizeof(Header))) {
    rules->bytes.resize((length + 3) / 4);
    ubrk_getBinaryRules(
        iterator, reinterpret_cast<uint8_t *>(rules->bytes.data()), length, &status);
    if (U_SUCCESS(status) && rules->is_understood()) {
      const Header &header = rules->header();
      rules->categories = ucptrie_openFromBinary(
          UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, rules->at<uint8_t>(header.trie),
          header.trie_length, nullptr, &status);
    }
    // Its rules put Hangul into a dictionary's hands; no ICU so far has one for it.
    static const char16_t hangul[] = u"대한민국은민주공화국이다국민에게있고";
    int32_t units = sizeof hangul / sizeof *hangul - 1;
    ubrk_setText(iterator, reinterpret_cast<const UChar *>(hangul), units, &status);
    rules->hangul_is_divided = ubrk_next(iterator) != units;
  }
  ubrk_close(iterator);
  if (rules && (U_FAILURE(status) || !rules->categories)) {
    cicu_rules_close(rules);
    rules = nullptr;
  }
  return rules;
}

void cicu_rules_close(cicu_rules *rules) {
  if (!rules) return;
  ucptrie_close(rules->categories);
  delete rules;
}

int32_t cicu_rules_states(const cicu_rules *rules, uint8_t *next, uint8_t *accepting) {
  const StateTable &table = rules->table();
  for (uint32_t state = 0; state < table.states; state++) {
    accepting[state] = static_cast<uint8_t>(
        rules->status(rules->cell(state, row_status)) / 100
        | (rules->cell(state, row_accepting) == accepts_always ? CICU_ACCEPTS : 0));
    for (uint32_t category = 0; category < CICU_RULES_CATEGORIES; category++) {
      next[state * CICU_RULES_CATEGORIES + category] = category < rules->header().categories
          ? static_cast<uint8_t>(rules->cell(state, row_next + category))
          : 0;
    }
  }
  return static_cast<int32_t>(table.states);
}

// The set of ICU's CjkBreakEngine: [[:Han:][:Hiragana:][:Katakana:]\u30fc\uff70\uff9e\uff9f].
static bool in_chinese_or_japanese(UChar32 scalar) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(scalar, &status)) {
  case USCRIPT_HAN:
  case USCRIPT_HIRAGANA:
  case USCRIPT_KATAKANA: return true;
  default: return scalar == 0x30FC || scalar == 0xFF70 || scalar == 0xFF9E || scalar == 0xFF9F;
  }
}

void cicu_rules_scalars(
    const cicu_rules *rules, uint32_t first, int32_t count, uint8_t *categories, uint8_t *flags) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
  for (int32_t i = 0; i < count; i++) {
    UChar32 scalar = static_cast<UChar32>(first) + i;
    uint32_t category = ucptrie_get(rules->categories, scalar);
    bool for_dictionary = category >= rules->table().dictionary_categories;
    bool hangul = scalar >= 0xAC00 && scalar <= 0xD7A3;
    flags[i] = 0;
    categories[i] = static_cast<uint8_t>(category);
    if (in_chinese_or_japanese(scalar)) {
      bool varies = U_FAILURE(status) || !unorm2_hasBoundaryBefore(nfkc, scalar)
          || u_getIntPropertyValue(scalar, UCHAR_NFKC_QUICK_CHECK) != UNORM_YES;
      flags[i] = CICU_IN_RANGE | (for_dictionary ? CICU_STARTS_RANGE : 0)
          | (varies ? CICU_NFKC_VARIES : 0);
    } else if (for_dictionary && !(hangul && !rules->hangul_is_divided)) {
      flags[i] = CICU_OTHER_ENGINE;
    }
  }
}

// ---------------------------------------------------------------------------- normalization

static const UChar *units(const uint16_t *text) { return reinterpret_cast<const UChar *>(text); }

int32_t cicu_nfkc_is_normalized(const uint16_t *text, int32_t length) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
  bool normalized = unorm2_isNormalized(nfkc, units(text), length, &status);
  return U_FAILURE(status) ? -1 : normalized;
}

int32_t cicu_nfkc(
    const uint16_t *text, int32_t length, uint16_t *result, int32_t *places, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
  if (U_FAILURE(status)) return -1;
  int32_t filled = 0;
  for (int32_t start = 0, end = 0; start < length; start = end) {
    UChar32 scalar;
    U16_NEXT(text, end, length, scalar);
    while (end < length) {
      int32_t next = end;
      U16_NEXT(text, next, length, scalar);
      if (unorm2_hasBoundaryBefore(nfkc, scalar)) break;
      end = next;
    }
    int32_t added = unorm2_normalize(
        nfkc, units(text) + start, end - start, reinterpret_cast<UChar *>(result) + filled,
        capacity - filled, &status);
    if (U_FAILURE(status)) return -1;
    for (int32_t i = 0; i < added; i++) places[filled + i] = start;
    filled += added;
  }
  return filled;
}
