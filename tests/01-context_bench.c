/** @file 01-context_bench.c  What a switch costs, and what stands around it.
 *
 * asm_switch   gobuf_switch, beside the barest switches in assembly: two sides
 *              that do nothing else, ns for one way
 * yield2       one coroutine that is resumed and yields, ns for one way
 * yield1000    the same with 1,000 of them in turn
 * generator    ns for one value: to the generator and back
 * spawn_seq_wg a coroutine made, run to its end and freed
 *
 * Beside the library: ucontext of the C library, and two threads on one
 * processor that hand the turn to each other by sched_yield.
 *
 * Procs: 1
 */
#include <pthread.h>
#include <sched.h>
#include <ucontext.h>

#include "bench.h"
#include "runtime.h"

static const char *us = "libgoroutine";
static char coroutines[80];     // us, where goroutines do the same (part 3)

// ---- Two sides -------------------------------------------------------------

void bare_switch(struct gobuf *from, struct gobuf *to);
void bare_switch_abi(struct gobuf *from, struct gobuf *to);

static struct gobuf here, there;
static struct g other;
static char memory[64 << 10] __attribute__((aligned(64)));

static void
switches_back(void *arg)
{
    (void)arg;
    for (;;)
        gobuf_switch(&there, &here, NULL);
}

static void
bare_switches_back(void *arg)
{
    (void)arg;
    for (;;)
        bare_switch(&there, &here);
}

static void
bare_abi_switches_back(void *arg)
{
    (void)arg;
    for (;;)
        bare_switch_abi(&there, &here);
}

// Let the other side begin with fn, and wait for us.
static void
begin(void (*fn)(void *))
{
    struct g *me = g_current();

    other.stack.lo = (uintptr_t)memory;
    other.stack.hi = (uintptr_t)memory + sizeof(memory);
    other.fn = fn;
    gobuf_init(&there, &other.stack);
    setg(&other);
    gobuf_switch(&here, &there, NULL);
    setg(me);
}

static void
to_and_fro(long n)
{
    begin(switches_back);
    for (long i = 0; i < n; i++)
        gobuf_switch(&here, &there, NULL);
}

static void
bare_to_and_fro(long n)
{
    begin(bare_switches_back);
    for (long i = 0; i < n; i++)
        bare_switch(&here, &there);
}

static void
bare_abi_to_and_fro(long n)
{
    begin(bare_abi_switches_back);
    for (long i = 0; i < n; i++)
        bare_switch_abi(&here, &there);
}

// ---- Coroutines ------------------------------------------------------------

static void
yields(void *arg)
{
    for (;;)
        go_coro_yield(arg);
}

static void
yield2(long n)
{
    static struct go_coro *co;

    if (co == NULL)
        co = go_coro_new(yields, NULL);
    for (long i = 0; i < n; i++)
        go_coro_resume(co);
}

static void
yield1000(long n)
{
    static struct go_coro *co[1000];

    if (co[0] == NULL)
        for (int i = 0; i < 1000; i++)
            co[i] = go_coro_new(yields, NULL);
    for (long i = 0, k = 0; i < n; i++) {
        go_coro_resume(co[k]);
        k = k == 999 ? 0 : k + 1;
    }
}

static void
counts(void *arg)
{
    (void)arg;
    for (long i = 0;; i++)
        go_coro_yield(&i);
}

static volatile long sum;

static void
generator(long n)
{
    static struct go_coro *co;
    long s = 0;

    if (co == NULL)
        co = go_coro_new(counts, NULL);
    for (long i = 0; i < n; i++)
        s += *(long *)go_coro_resume(co);
    sum = s;
}

static void
ends(void *arg)
{
    (void)arg;
}

static void
spawn_seq(long n)
{
    for (long i = 0; i < n; i++) {
        struct go_coro *co = go_coro_new(ends, NULL);

        go_coro_resume(co);
        go_coro_free(co);
    }
}

// ---- ucontext --------------------------------------------------------------

static ucontext_t u_here, u_there;

static void
u_yields(void)
{
    for (;;)
        swapcontext(&u_there, &u_here);
}

static void
u_yield2(long n)
{
    static char stack[64 << 10];

    getcontext(&u_there);
    u_there.uc_stack.ss_sp = stack;
    u_there.uc_stack.ss_size = sizeof(stack);
    makecontext(&u_there, u_yields, 0);
    for (long i = 0; i < n; i++)
        swapcontext(&u_here, &u_there);
}

// ---- Threads ---------------------------------------------------------------

static void *
gives_way(void *rounds)
{
    for (long i = 0; i < *(long *)rounds; i++)
        sched_yield();
    return NULL;
}

// The main thread's processor is not changed: two others share one.
static void
t_yield2(long n)
{
    cpu_set_t one;
    pthread_attr_t attr;
    pthread_t thread[2];

    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    pthread_attr_init(&attr);
    pthread_attr_setaffinity_np(&attr, sizeof(one), &one);
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], &attr, gives_way, &n);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    pthread_attr_destroy(&attr);
}

int
main(int argc, char **argv)
{
    bench_begin(argc, argv);
    if (argc > 2)
        us = argv[2];
    snprintf(coroutines, sizeof(coroutines), "%s coroutines", us);
    bench("asm", "asm_switch", bare_to_and_fro, 2);
    bench("asm, ABI", "asm_switch", bare_abi_to_and_fro, 2);
    bench(us, "asm_switch", to_and_fro, 2);
    bench(coroutines, "yield2", yield2, 2);
    bench("ucontext", "yield2", u_yield2, 2);
    bench("pthread", "yield2", t_yield2, 2);
    bench(coroutines, "yield1000", yield1000, 2);
    bench(us, "generator", generator, 1);
    bench(coroutines, "spawn_seq_wg", spawn_seq, 1);
    return 0;
}
