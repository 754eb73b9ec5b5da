/** @file fiber.h  A switch orders what was before and after it (SAN=runtime).
 *
 * That hides races between goroutines, and shows those between threads: what
 * the runtime does on a goroutine's stack and what it does on g0 belongs
 * together. In this build the runtime is instrumented.
 */
#ifndef FIBER_H
#define FIBER_H

enum { FIBER_SWITCH = 0 };

#endif
