// The program that libFuzzer drives; without its instruments, one that runs each file that is named.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/// Of the module SuoyinFuzz.
int suoyin_fuzz(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  return suoyin_fuzz(bytes, count);
}

#if !__has_feature(coverage_sanitizer)
int main(int argc, char **argv) {
  for (int index = 1; index < argc; index++) {
    FILE *file = fopen(argv[index], "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
      perror(argv[index]);
      return 2;
    }
    long size = ftell(file);
    uint8_t *bytes = malloc(size > 0 ? (size_t)size : 1);
    rewind(file);
    size_t count = bytes ? fread(bytes, 1, size > 0 ? (size_t)size : 0, file) : 0;
    fclose(file);
    suoyin_fuzz(bytes, count);
    free(bytes);
    fprintf(stderr, "%s: %zu bytes\n", argv[index], count);
  }
  return 0;
}
#endif
