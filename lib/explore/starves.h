/** @file starves.h  Explored, time stands still: whoever was woken and came too
 * late has waited for too long. In place of 07-sync/starves.h.
 */
#ifndef STARVES_H
#define STARVES_H

enum { STARVES_AFTER = -1 };

#endif
