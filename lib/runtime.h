/** @file runtime.h  The map of the runtime. Private; the public side is
 * goroutine.h.
 *
 * Three structures, under Go's names:
 *
 *   g  a goroutine: a stack, and what is left of it while it does not run
 *   m  a machine: an operating system thread
 *   p  a processor: the right to run goroutines, and a queue of them
 *      (chapter 3; its struct, and that of the scheduler, are in schedt.h)
 *
 * Fields stand under the lock or the owner that protects them, and under the
 * chapter that brings them. Functions stand under the file that defines them.
 */
#ifndef RUNTIME_H
#define RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "goroutine.h"

#include "atomic.h"
#include "getg.h"
#include "gobuf.h"
#include "hooks.h"
#include "trace.h"
#include "world.h"

struct g;
struct m;
struct p;
struct lock;
struct sched;
struct chan;

// A stack occupies [lo, hi) and grows down, from hi to lo. Directly above it,
// at hi, are STACK_RECORD bytes for the record of its owner: one piece of
// memory for both, and a first page that is touched anyway.
struct stack {
    bool canary;            // it has no guard: see stack_check (chapter 2)
    uintptr_t lo;
    uintptr_t hi;
};

enum { STACK_RECORD = 640 };

#define STACK_CANARY 0x676f726f7574696eu    // what stands at lo, if canary

// Chapter 1. Who owns the stack of a g, and where the g is to be found.
// The numbers are Go's; those in between come with later chapters.
enum g_status {
    G_IDLE     = 0,     // just made: no stack yet, on no list
    G_RUNNABLE = 1,     // on a run queue; nobody is on the stack (chapter 2)
    G_RUNNING  = 2,     // owns its stack; current on a thread, or has lent
                        // the thread to a coroutine that it resumed
    G_WAITING  = 4,     // parked, on the wait list of what it waits for: the
                        // stack belongs to whoever continues it
    G_DEAD     = 6,     // its function has ended: the stack holds nothing, and
                        // the g is on a free list, or on none
};

// Chapter 2. What a parked goroutine waits for.
enum wait_reason {
    WAIT_NOTHING,
    WAIT_WAITGROUP,
    WAIT_CHAN_RECEIVE_NIL,      // chapter 6, as are those that follow
    WAIT_CHAN_SEND_NIL,
    WAIT_CHAN_RECEIVE,
    WAIT_CHAN_SEND,
    WAIT_SELECT,
    WAIT_SELECT_NO_CASES,
    WAIT_SEMACQUIRE,            // chapter 7, as are those that follow
    WAIT_MUTEX_LOCK,
    WAIT_RWMUTEX_RLOCK,
    WAIT_RWMUTEX_LOCK,
    WAIT_COND_WAIT,
};

// The same for people, in Go's words.
static inline const char *
wait_reason(enum wait_reason why)
{
    switch (why) {
    case WAIT_NOTHING:   return "waiting";
    case WAIT_WAITGROUP: return "sync.WaitGroup.Wait";
    case WAIT_CHAN_RECEIVE_NIL: return "chan receive (nil chan)";
    case WAIT_CHAN_SEND_NIL: return "chan send (nil chan)";
    case WAIT_CHAN_RECEIVE: return "chan receive";
    case WAIT_CHAN_SEND: return "chan send";
    case WAIT_SELECT:    return "select";
    case WAIT_SELECT_NO_CASES: return "select (no cases)";
    case WAIT_SEMACQUIRE: return "semacquire";
    case WAIT_MUTEX_LOCK: return "sync.Mutex.Lock";
    case WAIT_RWMUTEX_RLOCK: return "sync.RWMutex.RLock";
    case WAIT_RWMUTEX_LOCK: return "sync.RWMutex.Lock";
    case WAIT_COND_WAIT: return "sync.Cond.Wait";
    }
    return "?";
}

// What the C++ library knows of the exceptions of a thread. (The Itanium C++
// ABI, 2.2.2, calls it __cxa_eh_globals.)
struct caught {
    void *exceptions;           // being handled, the newest first
    unsigned int uncaught;      // on their way to a handler
};

// Chapter 6. A goroutine that waits for a channel: a receive, a send, or a case
// of a select, which has one for each. It lies in the g, or on its stack if it
// is a select's, and the element on the stack. So whoever takes it off the list
// must be done with it before the goroutine runs again. (Go's stacks move. So
// it has sudogs apart.)
struct sudog {
    // Constant while it is on a list.
    struct g *g;
    struct chan *c;
    void *elem;                 // the value, or the place for it, or NULL
    uint32_t index;             // which case of a select
    bool is_select;

    // Written by whoever takes it off: whether a value was passed. If not,
    // the channel was closed.
    bool success;

    // Protected by the channel's lock.
    bool queued;
    uint8_t place;              // one more than that of who came before, modulo 256
    struct waitq *queue;        // the list that it is on, or was
    struct sudog *next, *prev;
    struct g *later;            // who waits some places behind, or did, or NULL:
                                // for g_expect_later

    // A select's. Constant while it is on a list.
    struct sudog *waitlink;     // the next case of the select, by its lock
    size_t bytes;               // of the element: c may be gone at the end
};

// From chapter 4 on a goroutine that has not begun is a struct g of which only
// the first part exists, and top is NULL: it has no stack yet (fresh.h).
//
// A g begins with a line of the cache, of 64 bytes. What is written each time that
// it parks, and goes on, stands in four of them, together: where hundreds take
// turns, each line that has to come from further away counts.
struct g {
    // ---- Line 0: on lists.

    // Chapter 1. Changed by g_set_status only.
    ATOMIC(enum g_status) status;

    // Chapter 3. Owner: the goroutine.
    unsigned no_preempt;        // how often it asked not to be stopped
                                // (chapter 5)

    // Chapter 2. Owner: whoever owns the list.
    struct g *next;             // the one list that it is on

    // Chapter 3. Owner: the goroutine.
    struct m *locked_m;         // the only thread that may run it, or NULL

    // Chapter 2. A goroutine's. Written when it leaves its stack.
    struct g *top;              // who continues when the goroutine does: it
                                // itself, or the coroutine that it resumed

    // Chapter 2. A goroutine's, constant from its start to its end. The id of
    // a coroutine, or of a thread, is 0.
    uint64_t id;
    void (*start)(void);        // the user's function, and its arguments
    struct go_waitgroup *wg;    // to be told of the end, or NULL
    const struct go_site *site; // where it was made, and by whom

    // ---- Line 1: what it begins with. The same holds for this.

    uint64_t parent;
    uintptr_t args[6];
    const char *name;           // or NULL

    // ---- The second part. Line 2: what a switch saves.

    // Chapter 1. Written by gobuf_switch only, when the g stops.
    struct gobuf sched;

    // ---- Line 3: what it parks with.

    // Chapter 1. Owner: the thread that runs the g.
    int err;                    // its errno, while it does not run

    // Chapter 6.
    ATOMIC(uint32_t) select_done;   // 1: some case of its select has been
                                    // chosen, by whoever made it 1

    // Chapter 1. Owner: the thread that runs the g.
    struct m *m;                // where it runs, or ran last

    // Chapter 6. Written by whoever makes it ready: what its park returns.
    void *param;

    // Chapter 2. Written by the goroutine when it parks.
    enum wait_reason why;
    unsigned traced;            // its number in a recorded run (TRACE=1, chapter 3)
    int64_t since;              // of world.now_coarse

    // Chapter 6. Owner: the goroutine.
    struct sudog *waiting;      // the sudog below, or the first of a select's
    void (*release)(struct g *gp);  // what is done when it has parked

    // Chapter 1. Constant from the making of the g to its end.
    struct stack stack;         // its canary is in this line, its bounds are not

    // ---- Line 4: seldom.

    void (*fn)(void *arg);      // what it runs
    void *arg;

    // Chapter 1. Owner: the thread that runs the g.
    struct caught caught;       // its C++ exceptions, while it does not run

    // Chapter 2. Written by the goroutine when it parks.
    struct lock *parked_on;     // released once it has left its stack

    // Chapter 3. Owner: the goroutine.
    unsigned locked;            // how often it asked for its thread

    // Chapter 1. Constant from the making of the g to its end.
    struct hooks hooks;         // what checking tools know of it

    // ---- Line 5.

    // Chapter 6. Owner: the goroutine until it is parked, then whoever takes
    // it off a channel's list.
    struct sudog sudog;         // for the channel that it waits for

    // ---- Seldom.

    // Chapter 2.
    size_t stack_max;

    // Chapter 3.
    struct g *batch;            // the next batch on the list, if this is the
                                // first of one (gfree.c). Owner: the list's
    ATOMIC(struct sched *) run; // the go_run that it belongs to

    // Chapter 7. Owner: the goroutine.
    struct go_ending_ *ending;  // what others wait for, the innermost; or NULL
};

_Static_assert(sizeof(struct g) <= STACK_RECORD, "a g fits above its stack");

// Chapter 1. One for each thread, made when the thread first needs the
// runtime. Owner: that thread.
struct m {
    struct g g0;                // the thread itself, on the stack it came with
    int *errnop;                // where the C library keeps its errno
    struct caught *caughtp;     // and the C++ library this; NULL without C++

    // Chapter 2.
    struct g *curg;             // the goroutine that it runs, or NULL: then it
                                // is on g0
    stack_t signal_stack;       // of our own, or ss_sp is NULL
    stack_t old_signal_stack;

    // Chapter 3.
    struct p *p;                // its right to run goroutines, or NULL
    struct sched *sched;        // the run that it works for, or worked for last
    struct g *locked_g;         // the only one it may run, or NULL
    bool ends;                  // the thread is to end
    int thread;                 // its number, or 0 if it must not get signals
                                // (chapter 5)

    // Chapter 4. Who has left, and what is to be done with it (leave.c).
    void (*then)(struct m *mp, struct g *gp);
    struct g *left;

    // Chapter 3. Written by whoever wakes it, before the wake-up.
    struct p *next_p;
    ATOMIC(uint32_t) note;      // m_sleep waits for it to become 1

    // Chapter 6. Owner: that thread.
    uint64_t random;            // state of select's choice; 0: to be begun

    // Chapter 3. Protected by the lock of m.c.
    struct m *next;             // on the list of those that are idle
    struct m *all;              // on the list of those that run goroutines
    int number;
};

// fatal.c
_Noreturn void fatal(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
_Noreturn void gopanic(const char *text);               // chapter 2
void say(const char *format, ...)                       // chapter 2
    __attribute__((format(printf, 1, 2)));

// stack.c
bool stack_alloc(struct stack *s, size_t bytes);
void stack_free(struct stack *s);
_Noreturn void stack_overflow(const struct g *gp);

// gstatus.c (and gstatus.h)
_Noreturn void g_bad_status(const struct g *gp, enum g_status from,
                            enum g_status to);

// tls.c
struct m *tls_m(void);

// g.c
struct g *m_init(void);
void      g_init(struct g *gp, void (*fn)(void *), void *arg);
void      g_again(struct g *gp, const struct g *g0);
void     *g_switch(struct g *from, struct g *to, void *value);
_Noreturn void g_main(void);

// goroutine.c (chapter 2)
_Noreturn void outside(const char *function);

// proc.c (chapter 2)
void      g_park(struct lock *lk, enum wait_reason why);
void      g_ready(struct g *gp);
void      proc_freeze(void);

// gp leaves its stack. If it has no guard, see whether its canary lives.
static inline void
stack_check(const struct g *gp)
{
    if (__builtin_expect(gp->stack.canary, 0) &&
        *(const uint64_t *)gp->stack.lo != STACK_CANARY)
        stack_overflow(gp);
}

// gp, if not NULL, is wanted soon: let its record come to this processor's
// cache meanwhile, and the top of its stack, which lies below it.
static inline void
g_expect(const struct g *gp)
{
    enum { LINE = 64, ABOVE = 4 * LINE };   // more of it is seldom looked at

    if (gp != NULL)
        for (int at = -LINE; at < ABOVE; at += LINE)
            __builtin_prefetch((const char *)gp + at, 1);
}

// One of many has been taken off a list, and `later` comes some places behind. Each
// of them lies in a page of its own, and who is next is read there. So let what the
// lists need of `later` come to the cache while those in between are taken. It may
// be gone: then nothing happens.
static inline void
g_expect_later(const struct g *later)
{
    if (later != NULL) {
        __builtin_prefetch(later, 1);
        __builtin_prefetch(&later->param, 1);
        __builtin_prefetch(&later->sudog, 1);
    }
}

// The g that runs on this thread; outside of any coroutine that is the g0 of
// its m, made if need be. Never NULL.
static inline struct g *
g_current(void)
{
    struct g *gp = getg();

    return gp != NULL ? gp : m_init();
}

// The goroutine that calls the public function of this name.
static inline struct g *
goroutine(const char *function)
{
    struct g *gp = getg();

    // Mostly it stands on its own stack, and not in a coroutine.
    if (__builtin_expect(gp != NULL && gp->id != 0, 1))
        return gp;
    if (gp == NULL || gp->m->curg == NULL)
        outside(function);
    return gp->m->curg;
}

#endif
