/** @file engine.c  One execution: threads are played by one thread, which goes
 * from one to the other at each point.
 *
 * A played thread is a stack and a place to go on, as a coroutine; that the
 * runtime switches stacks itself does not matter: who is current goes on
 * wherever it stands.
 *
 * Each execution begins with the variables of the program as they were at
 * first, and with memory that is zero.
 */
#include <signal.h>
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

static void
on_crash(int sig)
{
    engine_fail(explorer->current->at.file, explorer->current->at.line,
            "crash: signal %d (%s)", sig, strsignal(sig));
    siglongjmp(explorer->crash, 1);
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
    thread_begin(body, NULL);
    x->current = &x->thread[0];
    if (sigsetjmp(x->crash, 1) == 0)
        gobuf_switch(&x->driver, &x->thread[0].buf, NULL);
    if (!x->failed && !x->ended && x->check->expect != NULL)
        engine_fail("the end", 0, "expected, and not said: %s", x->check->expect);
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
