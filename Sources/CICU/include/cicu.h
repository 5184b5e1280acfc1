// The few calls of ICU that the text module needs, behind opaque types.
//
// No header of ICU is included here: its types clash with those that Foundation brings along, and
// Swift cannot see the macros that rename its functions. Text is UTF-16 in the machine's order,
// lengths are code units. No call keeps a pointer to its caller's text after it returns.

#ifndef SUOYIN_CICU_H
#define SUOYIN_CICU_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---------------------------------------------------------------------------- words

/// ICU's word iterator for the root locale, with its dictionaries. Used by one thread at a time.
typedef struct cicu_words cicu_words;

/// Returns NULL where ICU's data are missing.
cicu_words *cicu_words_open(void);
void cicu_words_close(cicu_words *words);

/// Cuts `text` into pieces that cover it without a gap, in one pass.
///
/// For each piece `ends` receives its end and `kinds` the hundreds of its rule status: 0 for blanks,
/// punctuation and symbols, 1 for numbers, 2 for letters, 3 for kana, 4 for ideographs. Both arrays
/// have room for `length` entries. Returns the number of pieces, or -1 if ICU reports an error.
int32_t cicu_words_cut(
    cicu_words *words, const uint16_t *text, int32_t length, int32_t *ends, uint8_t *kinds);

// ---------------------------------------------------------------------------- segmentation

/// Writes what ICU's word data are, NUL-terminated in `capacity` bytes: its version, that of its
/// data, and the size of its dictionary of Chinese and Japanese words. Returns the text's length, or
/// -1 where there is no such dictionary in a form that is understood.
int32_t cicu_dictionary_name(char *name, int32_t capacity);

/// Counts the words of the dictionary and their code units. Returns 0, or -1.
int32_t cicu_dictionary_size(int32_t *words, int32_t *units);

/// Reads the words of the dictionary in ascending order of their code units, into arrays of the
/// sizes that `cicu_dictionary_size` gives: `units` one word behind the other, `ends` their ends,
/// `costs` what each costs. Returns 0, or -1.
int32_t cicu_dictionary_read(uint16_t *units, int32_t *ends, uint8_t *costs);

/// The rules of the root word iterator, compiled by ICU to an automaton over categories of scalars.
typedef struct cicu_rules cicu_rules;

/// Returns NULL where they are not in the form that is understood.
cicu_rules *cicu_rules_open(void);
void cicu_rules_close(cicu_rules *rules);

enum {
  CICU_RULES_STATES = 256,      // most states: 0 stops, 1 starts
  CICU_RULES_CATEGORIES = 32,   // most categories
  CICU_ACCEPTS = 128,           // added to a state's kind where a piece may end
};

/// Fills `next`, CICU_RULES_CATEGORIES states for each state, and `accepting`, for each state the
/// kind of a piece that ends there, with CICU_ACCEPTS. Returns the number of states.
int32_t cicu_rules_states(const cicu_rules *rules, uint8_t *next, uint8_t *accepting);

enum {
  CICU_IN_RANGE = 1,            // the engine for Chinese and Japanese goes on over it
  CICU_STARTS_RANGE = 2,        // and begins at it
  CICU_NFKC_VARIES = 4,         // is not, or not always, its own normalization
  CICU_OTHER_ENGINE = 8,        // what another engine than that may divide
};

/// For `count` scalars from `first` on the category of each, and sums of the flags above.
void cicu_rules_scalars(
    const cicu_rules *rules, uint32_t first, int32_t count, uint8_t *categories, uint8_t *flags);

/// Whether `text` is its own NFKC: 1 or 0, or -1 if ICU reports an error.
int32_t cicu_nfkc_is_normalized(const uint16_t *text, int32_t length);

/// The NFKC of `text`, one piece between normalization boundaries after the other; each unit of the
/// result has in `places` where its piece begins. Returns the length of the result, or -1 if it
/// exceeds `capacity` or ICU reports an error.
int32_t cicu_nfkc(
    const uint16_t *text, int32_t length, uint16_t *result, int32_t *places, int32_t capacity);

// ---------------------------------------------------------------------------- characters

/// The NFKC_Casefold of `text`. Returns the length of the result, which may exceed `capacity` (then
/// nothing useful was written), or -1 if ICU reports an error.
int32_t cicu_casefold(
    const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity);

enum {
  CICU_FOLD_MAX = 18,         // longest NFKC_Casefold of one scalar, in code units
  CICU_BOUNDARY_BEFORE = 1,   // what precedes the scalar never changes its normalization
  CICU_BOUNDARY_AFTER = 2,    // what follows it never does
};

/// The NFKC_Casefold of each of `count` scalars from `first` on, each alone.
///
/// Scalar i's result is `lengths[i]` code units from `units[i * CICU_FOLD_MAX]`; `boundaries[i]`
/// receives CICU_BOUNDARY_… flags. Surrogates fold to themselves with both boundaries. Returns 0, or
/// -1 if ICU reports an error.
int32_t cicu_casefold_scalars(
    uint32_t first, int32_t count, uint16_t *units, uint8_t *lengths, uint8_t *boundaries);

enum {
  CICU_LETTER = 1,            // general category L or Nl
  CICU_DIGIT = 2,             // general category Nd
  CICU_MARK = 4,              // general category Mn or Mc
  CICU_BLANK = 8,             // White_Space
  CICU_EAST_ASIAN = 16,       // written in Han, kana, Bopomofo, Hangul or Yi (Script_Extensions)
  CICU_WITHOUT_BLANKS = 32,   // written without blanks between words: Thai, Lao, Khmer, Myanmar …
};

/// What `count` scalars from `first` on are, as sums of the flags above.
void cicu_properties(uint32_t first, int32_t count, uint8_t *flags);

// ---------------------------------------------------------------------------- charsets

/// A conversion from one charset, of bytes that lie in memory.
typedef struct cicu_decoder cicu_decoder;

/// Writes the name by which IANA (else MIME, else ICU) knows the charset `label`, NUL-terminated and
/// at most `capacity` bytes with the NUL. Returns its length, or -1 for an unknown label.
int32_t cicu_charset_name(const char *label, char *name, int32_t capacity);

/// Returns NULL for an unknown charset.
cicu_decoder *cicu_decoder_open(const char *charset);
void cicu_decoder_close(cicu_decoder *decoder);

enum {
  CICU_DECODED = 0,           // all of the input is decoded
  CICU_FULL = 1,              // the output is full: call again
  CICU_FAULT = 2,             // a sequence that does not decode was met and skipped: call again
  CICU_FAILED = -1,
};

typedef struct {
  int32_t produced;           // code units written by this call
  int64_t fault_offset;       // CICU_FAULT: where in the input the sequence begins
  int32_t fault_length;       // CICU_FAULT: its bytes
  uint8_t fault_bytes[32];
} cicu_decoding;

/// Decodes on, from where the last call stopped, into at most `capacity` (at least 4) code units;
/// never ends between two surrogates. `bytes` and `length` are the whole input, the same at every
/// call. Returns one of CICU_DECODED … CICU_FAILED.
int32_t cicu_decoder_run(
    cicu_decoder *decoder, const uint8_t *bytes, int64_t length, uint16_t *units, int32_t capacity,
    cicu_decoding *result);

enum { CICU_CHARSET_NAME_MAX = 40 };

/// Guesses the charset of `bytes`. Receives up to `capacity` guesses, best first: names, each
/// NUL-terminated in CICU_CHARSET_NAME_MAX bytes, and confidences from 0 to 100. Returns their number.
int32_t cicu_detect(
    const uint8_t *bytes, int32_t length, char *names, int32_t *confidences, int32_t capacity);

// ---------------------------------------------------------------------------- ICU itself

/// ICU's version as `72.1`, NUL-terminated in 20 bytes.
void cicu_version(char *version);

/// `text` through ICU's transliterator `id`, as `Traditional-Simplified`; making it takes tens of
/// milliseconds, so that only the generator of the folding table and its test call this. Returns the
/// result's length (nothing useful is written beyond `capacity`), or -1 if ICU reports an error.
int32_t cicu_transliterate(
    const char *id, const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity);

#ifdef __cplusplus
}
#endif

#endif
