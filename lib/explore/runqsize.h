/** @file runqsize.h  As 04-steal/runqsize.h, but full after a few steps. */
#ifndef RUNQSIZE_H
#define RUNQSIZE_H

enum { RUNQ_SIZE = 4 };

#endif
