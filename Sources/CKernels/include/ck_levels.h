// Which kernels a processor can run.
//
// A family of kernels is a table of functions, one table for each level. Every kernel gives the same
// results at every level, to the last bit: tests hold each against its scalar twin.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What a processor can do.
typedef enum ck_level {
  CK_SCALAR = 0,
  /// x86-64 with AVX2 and BMI2.
  CK_AVX2 = 1,
  /// x86-64 with AVX-512 F, BW, DQ, VL, VBMI and VBMI2.
  CK_AVX512 = 2,
} ck_level;

/// The best level that this processor has, or the lower one that the environment variable
/// `SUOYIN_SIMD` asks for (`scalar`, `avx2`, `avx512`). Looked at once, when the program starts.
ck_level ck_simd_level(void);

/// Whether this processor has a level.
bool ck_has_level(ck_level level);

/// The level's name, as `SUOYIN_SIMD` has it.
const char *ck_level_name(ck_level level);

/// Asks for the memory at `address`, to be read and written soon. Any address will do.
static inline void ck_prefetch(const void *address) {
  __builtin_prefetch(address, 1, 3);
}
