/** @file closesize.h  Numbers that the explorer has smaller.
 *
 * CLOSE_AT_ONCE  receivers that go_close takes off the list before it makes them
 *                ready. If it took all 10,000 first, they would be out of the
 *                cache again by then: that took half as long again on one p.
 * LATER          places between one who waits and the one that is fetched into the
 *                cache when it is taken off: 4 to 16 are equally good.
 */
#ifndef CLOSESIZE_H
#define CLOSESIZE_H

enum { CLOSE_AT_ONCE = 64, LATER = 8 };

#endif
