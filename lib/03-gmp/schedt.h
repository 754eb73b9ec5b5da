/** @file schedt.h  The scheduler's data: p, and what all p's share.
 *
 * Go's three letters. A g is a goroutine: it has a stack and something to do.
 * An m is a thread: it can do things. A p is the right to do them, with a
 * queue of goroutines that wait for their turn. An m needs a p to run
 * goroutines, and GOMAXPROCS says how many p's there are.
 *
 * Invariants, whenever sched->lock is free:
 *   - a p is P_RUNNING and belongs to one m, or is on its way to one; or it is
 *     P_IDLE and on the list `idle`; or P_STOPPED and nobody's;
 *   - a p that is not P_RUNNING has an empty queue, unless the world stands;
 *   - if the global queue has something and a p is idle, some m is on its way
 *     to the queue: whoever puts something there starts one, and whoever
 *     takes something and leaves some starts the next.
 *
 * Order of locks: that of a wait list, sched->lock, the lock of a p's queue,
 * those of m.c and stack.c.
 *
 * Mirrors p and schedt in Go's runtime/runtime2.go.
 */
#ifndef SCHEDT_H
#define SCHEDT_H

#include "lock.h"
#include "runq.h"
#include "runtime.h"

enum {
    MAX_PROCS = 4096,
    GOID_BATCH = 16,            // numbers that a p takes at a time (Go's)
    SHARE_MAX = 128,            // goroutines that a p takes at a time
};

enum p_status {
    P_STOPPED,          // does not exist now (GOMAXPROCS), or the world stands
    P_IDLE,             // on sched->idle
    P_RUNNING,          // belongs to an m
};

struct p {
    _Alignas(128) struct sched *sched;

    // Protected by sched->lock.
    enum p_status status;
    bool abandoned;             // the run ended, and its m did not come back
    struct p *next;             // on the list of those that are idle
    uint32_t seen;              // ticks, when sysmon last looked
    uint32_t seen_ended;        // and how many goroutines had ended

    // Owner: the m.
    struct g *next_g;           // already chosen to run next, or NULL
    struct g *gfree;            // goroutines that ended here
    int n_gfree;
    struct g *gfree_full;       // a whole batch more of them, or NULL
    uint64_t goid, goid_end;    // the next number, and the end of the batch

    // Chapter 4. Owner: the m.
    uint32_t random;            // where to begin to steal
    struct g *fresh;            // for goroutines that have not begun
    int n_fresh;
    struct g *fresh_full;       // a whole batch more of them, or NULL

    // Chapter 5. Written by whoever wants the p's goroutine to stop.
    ATOMIC(uint32_t) preempt;   // the tick that it is about

    // Chapter 5. Written by the m.
    ATOMIC(int) thread;         // which thread, for signals
    ATOMIC(uint32_t) refused;   // signals that came at a bad time

    // Chapter 5. Owner: sysmon.
    uint32_t slice;             // the tick that it watches
    uint32_t asked;             // how often it has asked that goroutine to stop
    int64_t since;              // since when, or when it last asked
    bool doubtful;              // perhaps it sleeps: look again
    uint32_t refused_seen;      // of `refused`
    int64_t computed_again;     // what the thread has computed by then
    int64_t computed;           // by the thread until then, in ns

    // Written by sysmon, and by thieves: what waits there is done sooner than
    // another p could fetch it.
    ATOMIC(bool) quick;

    // Chapter 4. Written by the m, or by whoever wakes it, read by all.
    ATOMIC(bool) spinning;      // the m looks for work, and counts as spinning
    ATOMIC(uint32_t) node;      // of the memory that is near, when it looked

    // Chapter 7. Written by the m, read by all.
    ATOMIC(uint64_t) reading;   // in which epoch its goroutine reads, plus 1; or 0

    // Written by the m only, read by all.
    ATOMIC(uint32_t) ticks;     // goroutines that were continued here
    ATOMIC(uint64_t) made, ended;   // goroutines

    struct runq runq;           // has a lock of its own
};

// A run: what one call of go_run brings to life.
struct sched {
    struct lock lock;

    // Written under lock, read by all: a hint, to be confirmed under the lock.
    ATOMIC(bool) stopping;      // every p is to be given up
    ATOMIC(bool) frozen;        // and never taken up again: the process ends
    ATOMIC(int) n_idle;         // p's on `idle`
    ATOMIC(uint32_t) n_global;  // goroutines on `head`

    // Chapter 7.
    ATOMIC(uint64_t) epoch;     // grows (epoch.h)

    // Chapter 4. Each step is atomic: wake.c says why.
    ATOMIC(int) n_spinning;     // m's that have a p and look for work
    ATOMIC(bool) need_spinning; // the next p that has nothing shall look again;
                                // written under lock

    // Protected by lock.
    struct g *head, *tail;      // the global queue
    struct p *idle;
    int procs;                  // GOMAXPROCS: p[0 .. procs) exist
    int procs_most;             // the most that it has been
    struct m *stopper;          // who stops the world, or NULL
    int to_stop;                // p's that it waits for
    bool ended;                 // goroutine 1 has returned; for ever
    int value;                  // what goroutine 1 returned
    uint32_t hogs;              // goroutines that were asked in vain (chapter 5)

    struct m *m0;               // the thread that called go_run; constant

    ATOMIC(bool) watched;       // sysmon knows of this run

    // Chapter 4. Written by sysmon: world.now at its first line about this run
    // (schedtrace.c), and at its last.
    int64_t began;
    ATOMIC(int64_t) traced;

    // Written by sysmon, and by who goes to g0. (Chapter 4)
    ATOMIC(int64_t) now;        // of world.now_coarse, or some 10 ms ago

    ATOMIC(uint64_t) goid;      // the last number that was given to a p

    struct lock gfree_lock;     // protects these:
    struct g *gfree;            // batches of goroutines that no p keeps
    struct g *gfree_cold;       // the same; their stacks have no memory
    ATOMIC(uint32_t) n_gfree;   // goroutines in gfree

    // Chapter 4.
    struct lock fresh_lock;     // protects these:
    struct g *fresh;            // batches of those that have no p
    ATOMIC(struct fresh_slab *) fresh_slabs;    // where they all lie

    struct p p[MAX_PROCS];
};

// schedt.c: the caller holds s->lock.
void      sched_put(struct sched *s, struct g *first, struct g *last,
                    uint32_t n);
struct g *sched_get(struct sched *s, struct p *p);
struct g *sched_get_one(struct sched *s);
void      sched_put_idle(struct sched *s, struct p *p);
struct p *sched_get_idle(struct sched *s);

// p.c
void p_hand_off(struct m *mp);
void p_give_up(struct m *mp);

// alone.c: the number of p's has changed, or that of those which are idle. The
// caller holds s->lock.
void alone_judge(struct sched *s);

// stop.c
bool world_stop(struct m *mp);
void world_start(struct m *mp);
void procs_resize(struct sched *s, int n);

// m.c
void m_sleep(struct m *mp, int64_t ns);
void m_wake(struct m *mp, struct p *next);
void m_start(struct p *p);
void m_push_idle(struct m *mp);
void m_count(int n);
void m_number(struct m *mp);
int m_count_idle(void);
void m_list(struct m *mp);
void m_unlist(struct m *mp);
void m_each(void (*fn)(struct m *mp, void *arg), void *arg);
_Noreturn void m_refused(int error);
void m_forked(void);

// next.c
struct g *proc_next(struct m *mp);

// find.c
struct g *find_work(struct m *mp);
struct g *find_here(struct p *p);               // chapter 4
void see_others(struct p *p);                   // chapter 4
void put_last(struct p *p, struct g *gp);  // chapter 4

// gosched.c: the running goroutine lets others run, if any wait.
void proc_yield(void);

// run.c
struct sched *run_active(void);

// begin.c
void run_begins(struct sched *s);
void run_ends(struct sched *s);

// deadlock.c: the caller holds s->lock.
void deadlock_check(struct sched *s);

// sysmon.c
void sysmon_watch(struct sched *s);
void sysmon_forget(struct sched *s);
void sysmon_forked(void);
void sysmon_start_m(struct p *p);

// gfree.c
void gfree_empty(struct p *p);
void gfree_cool(struct sched *s, int n);

// maxprocs.c
int maxprocs(void);

// Whether there is one p only: then no other goroutine runs while this one does.
// Changed while the world stands. (runq.alone is the same; but it lies behind
// three pointers, and a mutex would take 1 ns longer for that.)
extern __attribute__((visibility("hidden"))) bool procs_alone;

// Whether the end of a run has ever left a thread to itself. It goes on in the
// program's code: nobody is alone any more.
extern bool procs_abandoned;

// The number of the run that there is, or was last. They are counted from one that
// hardly stands anywhere in memory by chance: so a channel is known by it (chapter 6).
#define NO_RUN 0x6c656e6e616863UL           // "channel"
extern __attribute__((visibility("hidden"))) uint64_t run_number;

#endif
