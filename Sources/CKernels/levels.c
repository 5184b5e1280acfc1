#include "ck_levels.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"scalar", "avx2", "avx512"};

const char *ck_level_name(ck_level level) { return names[level]; }

bool ck_has_level(ck_level level) {
#if defined(__x86_64__)
  switch (level) {
  case CK_SCALAR:
    return true;
  case CK_AVX2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt") &&
           __builtin_cpu_supports("popcnt");
  case CK_AVX512:
    return ck_has_level(CK_AVX2) && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2");
  }
#endif
  return level == CK_SCALAR;
}

static ck_level chosen = CK_SCALAR;

// Before main, so that no thread ever sees another level.
__attribute__((constructor)) static void choose(void) {
  const char *asked = getenv("SUOYIN_SIMD");
  for (int level = CK_AVX512; level > CK_SCALAR; level--) {
    if (asked && strcmp(asked, names[CK_SCALAR]) == 0) break;
    if (asked && strcmp(asked, names[CK_AVX2]) == 0 && level > CK_AVX2) continue;
    if (ck_has_level((ck_level)level)) {
      chosen = (ck_level)level;
      break;
    }
  }
}

ck_level ck_simd_level(void) { return chosen; }
