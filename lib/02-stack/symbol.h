/** @file symbol.h  The names of functions. */
#ifndef SYMBOL_H
#define SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

struct symbol {
    char name[128];         // "" if not known
    char object[256];       // the file that the code is in
    uintptr_t address;      // within that file, as addr2line wants it
};

// What is at pc? False if no file is there. Takes no memory from malloc, so
// that it can be used when the heap is broken. One thread at a time.
bool symbol_find(uintptr_t pc, struct symbol *s);

#endif
