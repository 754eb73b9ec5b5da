/** @file schedtrace.h  What GODEBUG=schedtrace shows. */
#ifndef SCHEDTRACE_H
#define SCHEDTRACE_H

#include "schedt.h"

// A line about s, if it is time for one; the time is now.
void schedtrace(struct sched *s, int64_t now);

#endif
