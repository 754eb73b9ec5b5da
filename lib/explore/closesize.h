/** @file closesize.h  As 06-chan/closesize.h, but reached after a step or two. */
#ifndef CLOSESIZE_H
#define CLOSESIZE_H

enum { CLOSE_AT_ONCE = 2, LATER = 2 };

#endif
