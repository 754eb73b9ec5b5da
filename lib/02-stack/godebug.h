/** @file godebug.h  What the environment variable GODEBUG asks for. */
#ifndef GODEBUG_H
#define GODEBUG_H

#include <stdbool.h>
#include <stddef.h>

// Written by godebug_read, before there are threads.
extern struct godebug {
    size_t stacksize;       // stack_max of goroutines that do not say
    bool asyncpreemptoff;   // nobody is stopped by a signal (chapter 5)
    bool stackfill;         // each stack begins as zeros: exact high water
    size_t schedtrace;      // ms between two lines about the scheduler, or 0
    bool scheddetail;       // and all p's, m's and g's with each (chapter 4)
} godebug;

// Read GODEBUG: words of the form name=value, with commas between. A value
// that makes no sense, and a name that is not known, is named on standard error
// and ignored. (Go ignores such a name in silence. Who misspells one then waits
// for what it should do.)
void godebug_read(void);

// value as a number from min to max, if it is just that. If not: false.
bool number(const char *value, size_t length, size_t min, size_t max,
            size_t *result);

#endif
