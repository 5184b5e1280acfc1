// What the levels of terms share.
#pragma once

#include "ck_terms.h"

#include <string.h>

#if defined(__x86_64__)
extern const ck_terms ck_terms_avx512;
#endif


/// The UTF-8 of a scalar from U+0800 to U+FFFF, the first byte lowest.
static inline uint32_t three_bytes(uint32_t scalar) {
  return 0x8080E0 | scalar >> 12 | (scalar & 0xFC0) << 2 | (scalar & 0x3F) << 16;
}

/// Writes the UTF-8 of any code units, and up to three bytes that mean nothing behind it; half a pair
/// of surrogates at their end has three bytes. Returns how many there are.
static inline size_t write_any(
    const uint16_t *text, size_t start, size_t end, uint8_t *bytes) {
  uint8_t *at = bytes;
  for (size_t i = start; i < end;) {
    uint32_t unit = text[i++];
    uint32_t all = unit;
    size_t length = 1;
    if (unit >= 0x800 && ((unit & 0xFC00) != 0xD800 || i == end)) {
      all = three_bytes(unit);
      length = 3;
    } else if (unit >= 0x800) {
      uint32_t scalar = 0x10000 + ((unit & 0x3FF) << 10 | (text[i++] & 0x3FF));
      all = 0x808080F0 | scalar >> 18 | (scalar >> 12 & 0x3F) << 8 | (scalar >> 6 & 0x3F) << 16 |
            (scalar & 0x3F) << 24;
      length = 4;
    } else if (unit >= 0x80) {
      all = 0x80C0 | unit >> 6 | (unit & 0x3F) << 8;
      length = 2;
    }
    memcpy(at, &all, 4);
    at += length;
  }
  return (size_t)(at - bytes);
}
