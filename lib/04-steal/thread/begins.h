/** @file begins.h  Here each goroutine has its stack, and one g, from the start. */
#ifndef BEGINS_H
#define BEGINS_H

enum { BEGINS_WITHOUT_STACK = 0 };

#endif
