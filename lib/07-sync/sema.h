/** @file sema.h  Semaphores: what goroutines wait for one another with.
 *
 * A semaphore is a word that holds permits, 0 at the beginning. To acquire is
 * to wait until there is one, and take it; to release is to give one. It
 * matters little who comes first: a permit that is given to nobody is there for
 * whoever comes. Mutexes and RWMutexes sleep on semaphores, and decide for
 * themselves when.
 *
 * The order of locks: a root's, then what schedt.h says. Whoever calls these
 * holds no lock of the runtime.
 *
 * Mirrors semacquire1 and semrelease1 in Go's runtime/sema.go.
 */
#ifndef SEMA_H
#define SEMA_H

#include "runtime.h"
#include "steps.h"

// Take a permit; gp, which calls, waits while there is none, for this reason.
// first: it comes before all that wait already.
void sema_acquire(struct g *gp, word_t *sema, bool first, enum wait_reason why);

// Give a permit, and wake the first who waits, if anybody does. Somebody else
// may take the permit before him: then he waits again, behind the others.
// hand_over: nobody else may, and he runs here and now; the caller comes later.
//
// The word is not touched any more once the permit is given: who takes it may
// free what the word lies in.
void sema_release(word_t *sema, bool hand_over);

// The same for who has counted itself before, as one of those who must be granted
// a permit; and whoever takes it out of that count grants it one, and nobody else
// does (semaowed.c). A word is used in this way, or in the other.
void sema_wait(struct g *gp, word_t *sema, bool first, enum wait_reason why);
void sema_grant(word_t *sema, bool hand_over);

// gp, which has waited, is woken. now: it runs here and now, and the caller later.
void sema_wake(struct g *gp, bool now);

#endif
