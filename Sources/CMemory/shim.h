#pragma once

// Swift's module of the C library leaves out what <sys/mman.h> declares for _GNU_SOURCE only; this
// repeats it: memfd_create(2).
enum { CMEMORY_CLOEXEC = 1 };
int memfd_create(const char *name, unsigned int flags);
