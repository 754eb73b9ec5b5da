/** @file line.h  The lines of source that code was made from. */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct line {
    char file[256];         // as the compiler was given it, if it tells
    unsigned number;        // from 1
};

// Which line is the code at this address of an ELF file, which lies in memory?
// False if the file does not say, or not in a way that we can read: line->file
// is "" then. Takes no memory, little stack, and as long as it takes to read
// what a compiler wrote of all lines: about 2 ms for each MB.
bool line_find(const void *file, size_t bytes, uint64_t address,
               struct line *line);

#endif
