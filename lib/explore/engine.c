/** @file engine.c  One execution: threads are played by one thread, which goes
 * from one to the other at each point.
 *
 * A played thread is a stack and a place to go on, as a coroutine; that the
 * runtime switches stacks itself does not matter: who is current goes on
 * wherever it stands.
 *
 * At each point the search is asked who does the next step. The usual answer
 * is the thread that is at it, or if it cannot, the next one in turn. Any other
 * answer is a deviation, and the deviations are what a schedule is made of.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "engine.h"

// In a section of its own, which is not restored.
struct explorer *explorer __attribute__((section("explore_keep")));

extern char __data_start[], _end[];
extern char __start_explore_keep[], __stop_explore_keep[];

enum { MEMORY = 1 << 30 };

static void *
pages(size_t bytes)
{
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED) {
        perror("explore: no memory");
        exit(2);
    }
    return p;
}

// ---- Failing ---------------------------------------------------------------

static _Noreturn void
leave(void)
{
    struct gobuf nowhere;

    gobuf_switch(&nowhere, &explorer->driver, NULL);
    __builtin_unreachable();
}

static void
failure(const char *file, int line, const char *format, ...)
{
    va_list args;

    if (explorer->failed)
        return;
    explorer->failed = true;
    explorer->fail_file = file;
    explorer->fail_line = line;
    va_start(args, format);
    vsnprintf(explorer->failure, sizeof(explorer->failure), format, args);
    va_end(args);
}

void
explore_fail(const char *file, int line, const char *what)
{
    failure(file, line, "%s", what);
    leave();
}

void
explore_text(const char *text, size_t bytes)
{
    struct explorer *x = explorer;
    size_t room = sizeof(x->text) - 1 - x->text_bytes;

    if (bytes > room)
        bytes = room;
    memcpy(x->text + x->text_bytes, text, bytes);
    x->text_bytes += bytes;
    x->text[x->text_bytes] = '\0';
}

void
explore_exit(int status)
{
    struct explorer *x = explorer;
    const char *expect = x->check->expect;

    x->ended = true;
    if (expect == NULL || strncmp(x->text, expect, strlen(expect)) != 0) {
        x->text[strcspn(x->text, "\n")] = '\0';
        failure(x->current->at.file, x->current->at.line,
                "the runtime ends the process (%d): %s", status, x->text);
    }
    leave();
}

static void
on_crash(int sig)
{
    failure(explorer->current->at.file, explorer->current->at.line,
            "crash: signal %d (%s)", sig, strsignal(sig));
    siglongjmp(explorer->crash, 1);
}

// ---- Choosing --------------------------------------------------------------

static int
number_of(const struct thread *t)
{
    return (int)(t - explorer->thread);
}

// Something has happened: those who wait in a loop may look again.
static void
let_look(void)
{
    for (int i = 0; i < explorer->threads; i++)
        explorer->thread[i].relaxed = false;
}

// Memory gets value, by a step of t.
static void
put(struct thread *t, volatile void *address, uint64_t value, size_t bytes)
{
    if (memcmp((const void *)address, &value, bytes) == 0)
        return;
    memcpy((void *)address, &value, bytes);
    t->spinning = false;
    let_look();
}

static void
flush_one(struct thread *t)
{
    struct store *s = &t->store[0];

    put(t, s->address, s->value, s->bytes);
    t->stores--;
    memmove(s, s + 1, (size_t)t->stores * sizeof(*s));
}

static void
note(const struct step *step, int actor)
{
    struct explorer *x = explorer;

    if (x->recording && x->steps < MOST_STEPS) {
        x->record[x->steps] = *step;
        x->record[x->steps].actor = actor;
    }
}

// Nobody is ready: let time pass until somebody wakes up. False if nobody will.
static bool
time_passes(void)
{
    struct explorer *x = explorer;
    struct thread *first = NULL;

    for (int i = 0; i < x->threads; i++) {
        struct thread *t = &x->thread[i];

        if (t->state == SLEEPING && t->wakes_at >= 0 &&
            (first == NULL || t->wakes_at < first->wakes_at))
            first = t;
    }
    if (first == NULL)
        return false;
    x->now = first->wakes_at;
    first->state = READY;
    first->timed_out = true;
    return true;
}

static void
say_deadlock(void)
{
    struct explorer *x = explorer;
    char who[300] = "";
    size_t n = 0;

    for (int i = 0; i < x->threads; i++) {
        const struct thread *t = &x->thread[i];

        if (t->state == SLEEPING && n < sizeof(who) - 60)
            n += (size_t)snprintf(who + n, sizeof(who) - n, " thread %d sleeps at %s:%d;",
                                  i, t->at.file, t->at.line);
    }
    failure(x->thread[0].at.file, x->thread[0].at.line,
            "deadlock: nobody can go on;%s", who);
}

// Whether it matters when a store of t is seen: another thread is about to do
// something at its place, or at that of a later one. Any other step may as well
// come before it or after.
static bool
matters(const struct thread *t)
{
    for (int i = 0; i < t->stores; i++)
        for (int k = 0; k < explorer->threads; k++) {
            const struct thread *other = &explorer->thread[k];

            if (other != t && other->state == READY &&
                other->at.address == t->store[i].address)
                return true;
        }
    return false;
}

// Who goes on; NULL if nobody can, which is a failure.
static struct thread *
next(void)
{
    struct explorer *x = explorer;
    int actor[2 * THREADS];

    for (;;) {
        int n = 0, usual = -1;
        const int me = number_of(x->current);
        const bool can = x->current->state == READY && !x->current->relaxed;

        // In turn, from the current one on; not those who wait in a loop.
        for (int k = 0; k < x->threads; k++) {
            int i = (me + k) % x->threads;

            if (x->thread[i].state == READY && !x->thread[i].relaxed)
                actor[n++] = i;
        }
        for (int i = 0; i < x->threads; i++)
            if (matters(&x->thread[i]))
                actor[n++] = i + FLUSH;
        for (int i = 0; i < x->threads && n == 0; i++)
            if (x->thread[i].stores > 0)
                actor[n++] = i + FLUSH;
        if (n > 0)
            usual = actor[0];
        // If all wait in loops, and no store is in flight, the next one looks
        // again. There is nothing to choose, or the search would have no end.
        for (int k = 1; k <= x->threads && n == 0; k++)
            if (x->thread[(me + k) % x->threads].state == READY)
                actor[n++] = usual = (me + k) % x->threads;
        if (n == 0) {
            if (time_passes())
                continue;
            say_deadlock();
            return NULL;
        }

        int chosen = n == 1 ? actor[0] : x->choose(actor, n, usual, can);

        if (chosen != usual && x->made.n < MOST_DEVIATIONS)
            x->made.d[x->made.n++] = (struct deviation){ x->choices, chosen };
        if (n > 1)
            x->choices++;
        if (chosen < FLUSH) {
            x->thread[chosen].relaxed = false;
            return &x->thread[chosen];
        }

        struct thread *t = &x->thread[chosen - FLUSH];
        struct step step = {
            .file = t->at.file, .line = t->at.line, .what = "is seen",
            .address = t->store[0].address, .value = t->store[0].value,
            .has_value = true,
        };

        note(&step, chosen);
        x->steps++;
        flush_one(t);
    }
}

// The current thread has come to a point, or cannot go on: let somebody go on.
static void
give_turn(void)
{
    struct explorer *x = explorer;
    struct thread *from = x->current;
    struct thread *to = next();

    if (to == NULL)
        leave();
    if (to == from)
        return;
    from->error = *__errno_location();
    *__errno_location() = to->error;
    x->current = to;
    gobuf_switch(&from->buf, &to->buf, NULL);
}

__attribute__((noinline)) void
explore_stopped(void)
{
    __asm__ volatile("");
}

void
explore_point(const char *file, int line, const char *what,
              const volatile void *address)
{
    struct explorer *x = explorer;
    struct thread *me = x->current;

    me->at = (struct step){
        .file = file, .line = line, .what = what, .address = address,
    };
    if (x->check->invariant != NULL) {
        const char *wrong = x->check->invariant();

        if (wrong != NULL)
            explore_fail(file, line, wrong);
    }
    give_turn();
    if (x->steps >= MOST_STEPS) {
        failure(file, line, "never ends: %d steps, and it still goes on here",
                MOST_STEPS);
        leave();
    }
    note(&me->at, number_of(me));
    x->steps++;
    if (x->steps == x->stop_at)
        explore_stopped();
    // Any step of a thread that does not spin itself. If two that spin let each
    // other look, the search would have no end.
    if (!me->spinning)
        let_look();
}

void
explore_relax(void)
{
    explorer->current->relaxed = explorer->current->spinning = true;
}

// ---- Steps -----------------------------------------------------------------

static void
record_value(uint64_t value)
{
    struct explorer *x = explorer;

    if (!x->recording || x->steps == 0 || x->steps > MOST_STEPS)
        return;
    x->record[x->steps - 1].value = value;
    x->record[x->steps - 1].has_value = true;
}

void
explore_value(uint64_t value)
{
    record_value(value);
}

uint64_t
explore_load(const volatile void *address, size_t bytes)
{
    struct thread *me = explorer->current;
    uint64_t value = 0;

    memcpy(&value, (const void *)address, bytes);
    for (int i = 0; i < me->stores; i++)
        if (me->store[i].address == address)
            value = me->store[i].value;
    record_value(value);
    return value;
}

void
explore_fence(int order)
{
    struct thread *me = explorer->current;

    while (order == __ATOMIC_SEQ_CST && me->stores > 0)
        flush_one(me);
}

void
explore_store(volatile void *address, uint64_t value, size_t bytes, int order)
{
    struct thread *me = explorer->current;

    record_value(value);
    explore_fence(order);
    if (!explorer->check->tso || order == __ATOMIC_SEQ_CST) {
        put(me, address, value, bytes);
        return;
    }
    if (me->stores == BUFFER)
        flush_one(me);
    me->store[me->stores++] = (struct store){ address, value, bytes };
}

// ---- Threads ---------------------------------------------------------------

static const int joining;       // what thread 0 sleeps on in explore_join

static bool
others_ended(const struct thread *me)
{
    for (int i = 0; i < explorer->threads; i++)
        if (&explorer->thread[i] != me && explorer->thread[i].state != ENDED)
            return false;
    return true;
}

static void
thread_main(void *arg)
{
    struct thread *t = arg;

    t->g = NULL;
    t->fn(t->arg);
    explore_point(t->at.file, t->at.line, "ends", NULL);
    explore_fence(__ATOMIC_SEQ_CST);
    t->state = ENDED;
    if (number_of(t) == 0)
        leave();
    if (others_ended(&explorer->thread[0]))
        explore_wake(&joining, 1);
    give_turn();
}

static void
thread_new(void (*fn)(void *), void *arg)
{
    struct explorer *x = explorer;

    if (x->threads == THREADS)
        explore_fail(__FILE__, __LINE__, "too many threads for the explorer");

    struct thread *t = &x->thread[x->threads++];
    struct stack stack = { .lo = (uintptr_t)t->stack };
    char *memory = t->stack;

    stack.hi = stack.lo + STACK;
    memset(t, 0, sizeof(*t));
    t->stack = memory;
    t->fn = fn;
    t->arg = arg;
    t->state = READY;
    t->boot.fn = thread_main;
    t->boot.arg = t;
    t->g = &t->boot;
    t->at = (struct step){ .file = "the beginning", .what = "begins" };
    gobuf_init(&t->buf, &stack);
}

void
explore_thread(void (*fn)(void *arg), void *arg)
{
    thread_new(fn, arg);
}

struct runtime_thread {
    void *(*fn)(void *);
    void *arg;
};

static void
runtime_thread_main(void *arg)
{
    struct runtime_thread *r = arg;

    r->fn(r->arg);
}

int
explore_begin(void *(*fn)(void *), void *arg)
{
    struct runtime_thread *r = explore_memory(sizeof(*r));

    *r = (struct runtime_thread){ fn, arg };
    thread_new(runtime_thread_main, r);
    return 0;
}

void
explore_join(void)
{
    struct thread *me = explorer->current;

    explore_point(__FILE__, __LINE__, "join", NULL);
    explore_fence(__ATOMIC_SEQ_CST);
    if (!others_ended(me))
        explore_sleep(&joining, -1);
}

bool
explore_sleep(const volatile void *address, int64_t ns)
{
    struct thread *me = explorer->current;

    me->state = SLEEPING;
    me->sleeps_on = address;
    me->wakes_at = ns < 0 ? -1 : explorer->now + ns;
    me->timed_out = false;
    give_turn();
    return !me->timed_out;
}

int
explore_wake(const volatile void *address, int n)
{
    int woken = 0;

    for (int i = 0; i < explorer->threads && woken < n; i++) {
        struct thread *t = &explorer->thread[i];

        if (t->state == SLEEPING && t->sleeps_on == address) {
            t->state = READY;
            woken++;
        }
    }
    record_value((uint64_t)woken);
    return woken;
}

int64_t
explore_now(void)
{
    return explorer->now;
}

// ---- What belongs to an execution ------------------------------------------

void *
explore_memory(size_t bytes)
{
    struct explorer *x = explorer;
    char *p = x->memory + x->memory_used;

    bytes = (bytes + 4095) & ~(size_t)4095;
    if (bytes > (size_t)(x->memory_end - p)) {
        errno = ENOMEM;
        return NULL;
    }
    x->memory_used += bytes;
    return p;
}

const char *
explore_procs(void)
{
    static char text[16];

    snprintf(text, sizeof(text), "%d",
             explorer->check->procs > 0 ? explorer->check->procs : 1);
    return text;
}

struct g *
explore_getg(void)
{
    return explorer->current->g;
}

void
explore_setg(struct g *gp)
{
    explorer->current->g = gp;
}

struct m *
explore_m(size_t bytes)
{
    struct thread *me = explorer->current;

    if (me->m == NULL)
        me->m = explore_memory(bytes);
    return me->m;
}

// Make memory zero. Pages that were touched are cleared by hand: to give them
// back and have them faulted in again would be most of an execution.
static void
clear(char *memory, size_t bytes)
{
    static unsigned char resident[64 << 10] __attribute__((section("explore_keep")));
    const size_t all = bytes / 4096;

    for (size_t from = 0; from < all; from += sizeof(resident)) {
        size_t n = all - from < sizeof(resident) ? all - from : sizeof(resident);

        mincore(memory + from * 4096, n * 4096, resident);
        for (size_t i = 0; i < n; i++)
            if (resident[i] & 1)
                memset(memory + (from + i) * 4096, 0, 4096);
    }
}

// Variables as they were at first, but for our own.
static void
restore(void)
{
    struct explorer *x = explorer;

    memcpy(x->data, x->data_copy, (size_t)(__start_explore_keep - x->data));
    memcpy(__stop_explore_keep, x->data_copy + (__stop_explore_keep - x->data),
           (size_t)(x->data_end - __stop_explore_keep));
    clear(x->memory, x->memory_used);
    x->memory_used = 0;
}

static void
body(void *arg)
{
    (void)arg;
    explorer->check->body();
}

bool
engine_run(void)
{
    struct explorer *x = explorer;

    restore();
    x->threads = 0;
    x->steps = x->choices = 0;
    x->now = 1;
    x->failed = x->ended = false;
    x->text_bytes = 0;
    x->text[0] = '\0';
    x->made.n = 0;
    thread_new(body, NULL);
    x->current = &x->thread[0];
    if (sigsetjmp(x->crash, 1) == 0)
        gobuf_switch(&x->driver, &x->thread[0].buf, NULL);
    if (!x->failed && !x->ended && x->check->expect != NULL)
        failure("the end", 0, "expected, and not said: %s", x->check->expect);
    x->executions++;
    x->all_steps += (uint64_t)x->steps;
    return !x->failed;
}

void
engine_start(const struct explore_check *check)
{
    static char crash_stack[64 << 10] __attribute__((section("explore_keep")));
    const stack_t alternate = { .ss_sp = crash_stack, .ss_size = sizeof(crash_stack) };
    struct sigaction action = { .sa_handler = on_crash, .sa_flags = SA_ONSTACK | SA_NODEFER };
    struct explorer *x = explorer;

    if (x == NULL) {
        x = explorer = pages(sizeof(*x));
        x->memory = pages(MEMORY);
        x->memory_end = x->memory + MEMORY;
        x->record = pages(MOST_STEPS * sizeof(*x->record));
        for (int i = 0; i < THREADS; i++)
            x->thread[i].stack = pages(STACK);
        sigaltstack(&alternate, NULL);
        sigaction(SIGSEGV, &action, NULL);
        sigaction(SIGBUS, &action, NULL);
        sigaction(SIGFPE, &action, NULL);
        sigaction(SIGILL, &action, NULL);
        x->data = __data_start;
        x->data_end = _end;
        x->data_copy = pages((size_t)(x->data_end - x->data));
        memcpy(x->data_copy, x->data, (size_t)(x->data_end - x->data));
    }
    x->check = check;
    x->executions = x->all_steps = 0;
}
