// Conversion from charsets, with the place of every sequence that does not decode, and detection.

#include <cstring>
#include <initializer_list>
#include <new>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/utf16.h>

#include "cicu.h"

struct cicu_decoder {
  UConverter *converter;
  int64_t consumed;  // bytes of the input that the converter has taken
  uint16_t lead;     // a lead surrogate whose trail did not fit the last output, or 0
};

/// ICU measures its input with 32 bits.
static const int64_t slice = 1 << 30;

int32_t cicu_charset_name(const char *label, char *name, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(label, &status);
  if (U_FAILURE(status)) return -1;
  const char *own = ucnv_getName(converter, &status);
  const char *found = nullptr;
  for (const char *standard : {"MIME", "IANA"}) {
    if (found || U_FAILURE(status)) break;
    UErrorCode ignored = U_ZERO_ERROR;  // a charset that a standard does not name is no error
    found = ucnv_getStandardName(own, standard, &ignored);
  }
  if (!found) found = own;
  int32_t length = -1;
  if (U_SUCCESS(status) && static_cast<int32_t>(std::strlen(found)) < capacity) {
    length = static_cast<int32_t>(std::strlen(found));
    std::memcpy(name, found, length + 1);
  }
  ucnv_close(converter);
  return length;
}

cicu_decoder *cicu_decoder_open(const char *charset) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(charset, &status);
  if (U_FAILURE(status)) return nullptr;
  // Stop at each sequence that does not decode: the caller wants its place, then goes on.
  ucnv_setToUCallBack(
      converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  cicu_decoder *decoder =
      U_FAILURE(status) ? nullptr : new (std::nothrow) cicu_decoder{converter, 0, 0};
  if (!decoder) ucnv_close(converter);
  return decoder;
}

void cicu_decoder_close(cicu_decoder *decoder) {
  if (!decoder) return;
  ucnv_close(decoder->converter);
  delete decoder;
}

int32_t cicu_decoder_run(
    cicu_decoder *decoder, const uint8_t *bytes, int64_t length, uint16_t *units, int32_t capacity,
    cicu_decoding *result) {
  const char *input = reinterpret_cast<const char *>(bytes);
  UChar *output = reinterpret_cast<UChar *>(units);
  UChar *target = output;
  std::memset(result, 0, sizeof *result);
  if (decoder->lead) *target++ = decoder->lead;
  decoder->lead = 0;
  for (;;) {
    bool last = length - decoder->consumed <= slice;
    const char *source = input + decoder->consumed;
    const char *limit = last ? input + length : source + slice;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(
        decoder->converter, &target, output + capacity, &source, limit, nullptr, last, &status);
    decoder->consumed = source - input;
    int32_t outcome = CICU_DECODED;
    if (status == U_BUFFER_OVERFLOW_ERROR) {
      outcome = CICU_FULL;
    } else if (
        status == U_INVALID_CHAR_FOUND || status == U_ILLEGAL_CHAR_FOUND
        || status == U_TRUNCATED_CHAR_FOUND || status == U_ILLEGAL_ESCAPE_SEQUENCE
        || status == U_UNSUPPORTED_ESCAPE_SEQUENCE) {
      UErrorCode ignored = U_ZERO_ERROR;
      int8_t faulty = sizeof result->fault_bytes;
      ucnv_getInvalidChars(
          decoder->converter, reinterpret_cast<char *>(result->fault_bytes), &faulty, &ignored);
      if (U_FAILURE(ignored)) faulty = 0;
      UErrorCode unsupported = U_ZERO_ERROR;
      int32_t pending = ucnv_toUCountPending(decoder->converter, &unsupported);
      if (pending < 0) pending = 0;
      result->fault_length = faulty;
      result->fault_offset = decoder->consumed - pending - faulty;
      outcome = CICU_FAULT;
    } else if (U_FAILURE(status)) {
      return CICU_FAILED;
    } else if (!last) {
      continue;
    }
    result->produced = static_cast<int32_t>(target - output);
    if (outcome == CICU_FULL && result->produced > 0 && U16_IS_LEAD(target[-1])) {
      decoder->lead = target[-1];
      result->produced--;
    }
    return outcome;
  }
}

int32_t cicu_detect(
    const uint8_t *bytes, int32_t length, char *names, int32_t *confidences, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  if (U_FAILURE(status)) return 0;
  ucsdet_setText(detector, reinterpret_cast<const char *>(bytes), length, &status);
  int32_t found = 0;
  const UCharsetMatch **matches = ucsdet_detectAll(detector, &found, &status);
  int32_t count = 0;
  for (int32_t i = 0; U_SUCCESS(status) && i < found && count < capacity; i++) {
    const char *name = ucsdet_getName(matches[i], &status);
    int32_t confidence = ucsdet_getConfidence(matches[i], &status);
    if (U_FAILURE(status) || std::strlen(name) >= CICU_CHARSET_NAME_MAX) continue;
    std::strcpy(names + count * CICU_CHARSET_NAME_MAX, name);
    confidences[count++] = confidence;
  }
  ucsdet_close(detector);
  return count;
}
