/** @file epoch.h  When may memory be freed that others may still look at?
 *
 * Readers take no lock, so nobody knows who looks at what. But it is known when
 * each began. A p says that it reads, and in which epoch it began; the epoch
 * ends when all who read have begun in it. What has been unlinked in epoch e
 * is freed in e + 2:
 *
 *     1  reads                           2  unlinks x, and frees it
 *        epoch is 7: reading = 7
 *        (the fence)
 *        finds x
 *                                           unlinks x (a fence)
 *                                           epoch is 7: x belongs to 7
 *                                           1 reads since 7: epoch = 8
 *                                           1 reads since 7: no further
 *        reading = 0
 *                                           nobody reads: epoch = 9
 *                                           7 + 2 <= 9: frees x
 *
 * Who begins to read in 8 or later cannot find x: the 7 was read after x was
 * unlinked, so the 8 was written after that, and its reader has seen the 8.
 * Who has begun in 7 or before keeps the epoch from becoming 9. Why not free
 * at 8? It becomes 8 while those of 7 still read.
 *
 * Between saying that it reads and reading there must be a fence: else 2 does
 * not see that it reads, and it finds x all the same. That is half of what a
 * load costs, and few are ever freed. So 2 sees to it, by a call of the kernel
 * (world.fence_all), before it looks who reads: each thread passes a fence then,
 * and whoever has not yet said that it reads comes too late to find x. Where
 * there is no such call, readers have a fence of their own.
 *
 * What a reader does must be short, and must not wait: it may not be preempted
 * (no_preempt, if it calls the program), and it holds up all that is to be
 * freed.
 *
 * If there is one p, nobody reads while another goroutine runs, and nothing is
 * said. Go has a garbage collector for it. (This is Fraser's, Practical
 * lock-freedom, 2004; Linux has RCU.)
 */
#ifndef EPOCH_H
#define EPOCH_H

#include "schedt.h"

struct epoch {
    ATOMIC(bool) unfenced;      // readers need no fence; once true, always
};

// (For the race detector: who reads releases it, who frees acquires it.)
extern struct epoch epoch;

// A run begins. Find out whether readers need a fence.
void epoch_begins(void);

// The goroutine on mp begins to read, and must not leave its p until it has
// done so.
void epoch_enter(struct m *mp);
void epoch_leave(struct m *mp);

// The epoch of the caller's run. Each run has its own: threads that an older one has
// left behind know nothing of this one's readers.
uint64_t epoch_now(void);

// Something has been unlinked: to which epoch does it belong?
uint64_t epoch_of_unlinked(void);

// Whether what belongs to this epoch can be freed.
bool epoch_is_over(uint64_t of);

// End the epoch, if all who read have begun in it.
void epoch_advance(struct sched *s);

#endif
