/** @file syncsize.h  As 07-sync/syncsize.h, but reached after a step or two. */
#ifndef SYNCSIZE_H
#define SYNCSIZE_H

enum {
    DEQUE_FIRST = 2,
    RETIRED_MOST = 1,
};

#endif
