/** @file explore.h  The schedule explorer: concurrent code, run in every order.
 *
 * A stress test hopes that a bad interleaving happens. Here it is made to: in
 * an explore build (make EXPLORE=1) all threads are played by one, every
 * atomic step, futex and thread of the runtime is a point where another may
 * go on, and a search tries the choices one after the other.
 *
 *     static struct runq q;
 *     static struct g a, b;
 *
 *     static void
 *     thief(void *arg)
 *     {
 *         *(struct g **)arg = runq_get(&q);
 *     }
 *
 *     static void
 *     body(void)
 *     {
 *         struct g *got[2];
 *
 *         runq_put(&q, &a);
 *         explore_thread(thief, &got[0]);
 *         explore_thread(thief, &got[1]);
 *         explore_join();
 *         EXPLORE_REQUIRE((got[0] == &a) + (got[1] == &a) == 1);
 *     }
 *
 *     int
 *     main(int argc, char **argv)
 *     {
 *         static const struct explore_check checks[] = {
 *             { .name = "thieves", .body = body, .bound = 3 },
 *         };
 *
 *         return explore_main(argc, argv, checks, 1);
 *     }
 *
 * Each execution begins with all variables of the program as they were at the
 * first; pointers into memory of malloc must not be kept. What is seen: orders
 * of steps (sequential consistency), and with .tso stores that other threads
 * see late, as on x86. What is not: the weaker orders of C11 and of aarch64,
 * and plain accesses, which are ThreadSanitizer's business.
 */
#ifndef EXPLORE_H
#define EXPLORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct explore_failure;

struct explore_check {
    const char *name;           // one word; no other check anywhere has it
    void (*body)(void);         // thread 0
    const char *(*invariant)(void); // asked at each step: NULL, or what is
                                // wrong; NULL if there is nothing to ask
    void (*explain)(struct explore_failure *f); // see there; may be NULL
    const char *expect;         // how the runtime must end the process, if it
                                // must: the start of what it says
    const char *finds;          // the check is of a mistake: words of the
                                // failure that must be found
    int procs;                  // GOMAXPROCS of a go_run in body; 0: 1
    int bound;                  // preemptions that the search tries, at most
    bool tso;                   // stores go through a buffer
    long samples;               // random schedules beyond the search
};

// How an execution can fail.
enum explore_kind {
    EXPLORE_NOT_SO,             // EXPLORE_REQUIRE, EXPLORE_EXPECT, invariant
    EXPLORE_DEADLOCK,           // all that are left sleep, and for ever
    EXPLORE_LOST_WAKEUP,        // and what one of them sleeps for has happened
    EXPLORE_NEVER_ENDS,         // too many steps, or none for too long
    EXPLORE_CRASH,              // a signal
    EXPLORE_TWICE,              // a goroutine that runs, or has ended, goes on
    EXPLORE_FREED,              // memory, or a stack, is used after its end
    EXPLORE_ENDED,              // the runtime ended the process
    EXPLORE_NOT_SAID,           // and should have, with the words of .expect
};

// What is known of a failure. Before it is told, the explain of its check may
// put better words in its place: a typical mistake is known by its traces, and
// the variables are still as the failure left them.
struct explore_failure {
    enum explore_kind kind;
    const char *what;           // one sentence
    const char *why;            // one or two
};

// Run checks as the command line says (see --help). The exit status of the
// program: 0 if all hold, 1 if one fails, 2 if the command line is wrong.
int explore_main(int argc, char **argv, const struct explore_check *checks,
                 int n);

// Inside a check: another thread runs fn(arg).
void explore_thread(void (*fn)(void *arg), void *arg);

// Inside a check: wait until all other threads have ended.
void explore_join(void);

// Inside a check: the execution has failed.
_Noreturn void explore_fail(const char *file, int line, const char *what,
                            const char *why);

#define EXPLORE_REQUIRE(x) \
    ((x) ? (void)0 : explore_fail(__FILE__, __LINE__, "Not so: " #x ".", NULL))

// The same, in words: what is wrong, a sentence, and why that is, or NULL.
#define EXPLORE_EXPECT(x, what, why) \
    ((x) ? (void)0 : explore_fail(__FILE__, __LINE__, what, why))

// Inside a check: another thread may go on here, though nothing is shared.
#define EXPLORE_YIELD() explore_point(__FILE__, __LINE__, "yield", NULL, NULL)

// Where a debugger stops: step EXPLORE_STOP of a replay is about to be made.
void explore_stopped(void);

// ---- For the stand-ins of the seams ----------------------------------------

// The thread is about to do `what` at address, which the source calls `name`.
// Others may go first.
void explore_point(const char *file, int line, const char *what,
                   const char *name, const volatile void *address);

// The thread is about to call the world, from here, about `name`; and what it
// does there. touched: it reads or writes what lies at address.
void explore_called(const char *file, int line, const char *name);
void explore_call(const char *what, const volatile void *address, bool touched);

// One atomic step, after explore_point. The order is __ATOMIC_...
uint64_t explore_load(const volatile void *address, size_t bytes);
uint64_t explore_peek(const volatile void *address, size_t bytes); // not recorded
void     explore_store(volatile void *address, uint64_t value, size_t bytes,
                       int order);
void     explore_fence(int order);
void     explore_fence_all(void);           // all threads pass a fence

// For the record: the value that a step was about, and how it went, in a word.
void     explore_value(uint64_t value);
void     explore_outcome(const char *outcome);

// The thread waits for others, in a loop: they go first.
void explore_relax(void);

// Sleep as a futex does, because the word at address is value: until woken, or until nobody else can do anything and
// ns have passed (< 0: no limit). False if the time has passed.
bool explore_sleep(const volatile uint32_t *address, uint32_t value, int64_t ns);
int  explore_wake(const volatile void *address, int n);

int64_t explore_now(void);

// A thread of the runtime, begun with world.thread.
int explore_begin(void *(*fn)(void *), void *arg);

// Memory that is given back when the execution ends.
void *explore_memory(size_t bytes);

// The same memory is given back before that: who uses it from now on fails.
void explore_free(void *memory, size_t bytes);

// GOMAXPROCS of the check, as text.
const char *explore_procs(void);

// The g and the m of the thread.
struct g;
struct m;

// A goroutine goes from one status to another; or it should, and its status is
// not `from`, but `is`. Does not return, if the explorer has a name for that.
void explore_status(const struct g *gp, int from, int to);
void explore_bad_status(int from, int to, int is);

struct g *explore_getg(void);
void      explore_setg(struct g *gp);
struct m *explore_m(size_t bytes);

// The runtime has ended the process: status, after it wrote text.
_Noreturn void explore_exit(int status);
void explore_text(const char *text, size_t bytes);

#endif
