/** @file runqsize.h  How many goroutines a p keeps for itself, beside the one
 * that runs next. A power of 2, because positions wrap around. (Go's number.
 * The explorer has a smaller one: a full queue is then a few steps away.)
 */
#ifndef RUNQSIZE_H
#define RUNQSIZE_H

enum { RUNQ_SIZE = 256 };

#endif
