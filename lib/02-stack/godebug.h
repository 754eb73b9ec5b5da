/** @file godebug.h  What the environment variable GODEBUG asks for. */
#ifndef GODEBUG_H
#define GODEBUG_H

#include <stdbool.h>
#include <stddef.h>

// Written by godebug_read, before there are threads.
extern struct godebug {
    size_t stacksize;       // stack_max of goroutines that do not say
    bool stackfill;         // each stack begins as zeros: exact high water
} godebug;

// Read GODEBUG: words of the form name=value, with commas between. A value
// that makes no sense is named on standard error and ignored; a name that is
// not known is ignored in silence, as in Go, which has others.
void godebug_read(void);

// value as a number from min to max, if it is just that. If not: false.
bool number(const char *value, size_t length, size_t min, size_t max,
            size_t *result);

#endif
