/** @file symbol.h  What code is at an address: names for people. */
#ifndef SYMBOL_H
#define SYMBOL_H

#include "line.h"

struct symbol {
    char name[128];         // of the function; "" if not known
    uintptr_t start;        // where that begins, within the object
    char object[256];       // the file that the code is in
    uintptr_t address;      // within that file, as addr2line wants it
    struct line line;       // its file is "" if not known
};

// What is at pc? False if no file is there. Takes no memory from malloc, so
// that it can be used when the heap is broken. One thread at a time. The last
// answers are kept: a library that is put where another one was may be told
// under the names of that one.
bool symbol_find(uintptr_t pc, struct symbol *s);

#endif
