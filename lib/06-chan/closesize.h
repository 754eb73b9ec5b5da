/** @file closesize.h  A number that the explorer has smaller.
 *
 * CLOSE_AT_ONCE  receivers that go_close takes off the list before it makes them
 *                ready. If it took all 10,000 first, they would be out of the
 *                cache again by then: that took twice as long on two p's.
 */
#ifndef CLOSESIZE_H
#define CLOSESIZE_H

enum { CLOSE_AT_ONCE = 64 };

#endif
