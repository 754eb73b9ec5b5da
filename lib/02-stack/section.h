/** @file section.h  The sections of an ELF file that lies in memory. */
#ifndef SECTION_H
#define SECTION_H

#include <stdbool.h>
#include <stddef.h>

struct section {
    const unsigned char *start;     // within the file
    size_t bytes;
};

// Find the section of this name in the file. False if there is none that can
// be read where it is: not if it is compressed, or left out, or if the file is
// damaged. Its contents may be damaged, and aligned to nothing.
bool section_find(const void *file, size_t bytes, const char *name,
                  struct section *s);

#endif
