/** @file syncsize.h  Two numbers that the explorer has smaller.
 *
 * DEQUE_FIRST   room of a deque at first, a power of 2
 * RETIRED_MOST  what a map has unlinked, before it looks what can be freed: to
 *               look takes 10 us where others run
 */
#ifndef SYNCSIZE_H
#define SYNCSIZE_H

enum {
    DEQUE_FIRST = 16,
    RETIRED_MOST = 256,
};

#endif
