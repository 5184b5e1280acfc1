#pragma once
#include <stddef.h>

// Swift's module of the C library does not include <wchar.h>, whose declaration this repeats.
int wcwidth(wchar_t character);
