/** @file fiber.h  A switch orders nothing (SAN=thread): two goroutines that
 * merely run on one thread in turn still race.
 */
#ifndef FIBER_H
#define FIBER_H

enum { FIBER_SWITCH = 1 };      // __tsan_switch_to_fiber_no_sync

#endif
