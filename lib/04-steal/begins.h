/** @file begins.h  Whether a goroutine gets its stack only when it begins.
 *
 * Tools that follow a goroutine by its g have a file of this name that says no:
 * until it begins it would be another one.
 */
#ifndef BEGINS_H
#define BEGINS_H

enum { BEGINS_WITHOUT_STACK = 1 };

#endif
