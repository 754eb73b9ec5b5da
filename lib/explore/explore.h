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

struct explore_check {
    const char *name;           // one word
    void (*body)(void);         // thread 0
    const char *(*invariant)(void); // asked at each step: NULL, or what is
                                // wrong; NULL if there is nothing to ask
    const char *expect;         // how the runtime must end the process, if it
                                // must: the start of what it says
    const char *finds;          // the check is of a mistake: words of the
                                // failure that must be found
    int procs;                  // GOMAXPROCS of a go_run in body; 0: 1
    int bound;                  // preemptions that the search tries, at most
    bool tso;                   // stores go through a buffer
    long samples;               // random schedules beyond the search
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
_Noreturn void explore_fail(const char *file, int line, const char *what);

#define EXPLORE_REQUIRE(x) \
    ((x) ? (void)0 : explore_fail(__FILE__, __LINE__, "not so: " #x))

// Inside a check: another thread may go on here, though nothing is shared.
#define EXPLORE_YIELD() explore_point(__FILE__, __LINE__, "yield", NULL)

// Where a debugger stops: step EXPLORE_STOP of a replay is about to be made.
void explore_stopped(void);

// ---- For the stand-ins of the seams ----------------------------------------

// The thread is about to do `what` at address. Others may go first.
void explore_point(const char *file, int line, const char *what,
                   const volatile void *address);

// One atomic step, after explore_point. The order is __ATOMIC_...
uint64_t explore_load(const volatile void *address, size_t bytes);
void     explore_store(volatile void *address, uint64_t value, size_t bytes,
                       int order);
void     explore_fence(int order);
void     explore_value(uint64_t value);     // for the record: what it was about

// The thread waits for others, in a loop: they go first.
void explore_relax(void);

// Sleep as a futex does: until woken, or until nobody else can do anything and
// ns have passed (< 0: no limit). False if the time has passed.
bool explore_sleep(const volatile void *address, int64_t ns);
int  explore_wake(const volatile void *address, int n);

int64_t explore_now(void);

// A thread of the runtime, begun with world.thread.
int explore_begin(void *(*fn)(void *), void *arg);

// Memory that is given back when the execution ends.
void *explore_memory(size_t bytes);

// GOMAXPROCS of the check, as text.
const char *explore_procs(void);

// The g and the m of the thread.
struct g;
struct m;
struct g *explore_getg(void);
void      explore_setg(struct g *gp);
struct m *explore_m(size_t bytes);

// The runtime has ended the process: status, after it wrote text.
_Noreturn void explore_exit(int status);
void explore_text(const char *text, size_t bytes);

#endif
