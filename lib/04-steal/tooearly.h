/** @file tooearly.h  A number that the explorer has smaller.
 *
 * TOO_EARLY  ns since the last look of sysmon: it was woken at once, and who has
 *            run nothing since may still be in the midst of its time slice.
 */
#ifndef TOOEARLY_H
#define TOOEARLY_H

enum { TOO_EARLY = 500000 };

#endif
