/** @file 01-context_coro.c  Coroutines as a program uses them: limits, misuse,
 * threads.
 *
 * One scenario a process: 01-context_coro NAME. Exit status 0 when all is as
 * it should be; some scenarios must end with a fatal error.
 */
#include <execinfo.h>
#include <goroutine.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); exit(1); } } while (0)

static void
yields_forever(void *arg)
{
    for (;;)
        go_coro_yield(arg);
}

static void
ends(void *arg)
{
    (void)arg;
}

// ---- Misuse: each must end with a fatal error ------------------------------

static void
yield_outside(void)
{
    go_coro_yield(NULL);
}

static void
yield_outside_later(void)
{
    struct go_coro *co = go_coro_new(ends, NULL);

    go_coro_resume(co);         // now the thread is known to the runtime
    go_coro_yield(NULL);
}

static void
new_of_null(void)
{
    go_coro_new(NULL, NULL);
}

static void
resume_null(void)
{
    go_coro_resume(NULL);
}

static void
done_null(void)
{
    go_coro_done(NULL);
}

static struct go_coro *self;

static void
resumes_self(void *arg)
{
    (void)arg;
    go_coro_resume(self);
}

static void
resume_running(void)
{
    self = go_coro_new(resumes_self, NULL);
    go_coro_resume(self);
}

static void
resumes_outer(void *arg)
{
    go_coro_resume(arg);
}

static void
resumes_inner(void *arg)
{
    (void)arg;
    go_coro_resume(go_coro_new(resumes_outer, self));
}

static void
resume_resumer(void)
{
    self = go_coro_new(resumes_inner, NULL);
    go_coro_resume(self);
}

static void
frees_self(void *arg)
{
    (void)arg;
    go_coro_free(self);
}

static void
free_running(void)
{
    self = go_coro_new(frees_self, NULL);
    go_coro_resume(self);
}

// The last local of a stack that is too small: it must hit the guard.
__attribute__((noinline)) static int
deeper(int n)
{
    char room[512];
    int below;

    room[0] = (char)n;
    __asm__ volatile("" : : "r"(room) : "memory");
    below = n == 0 ? 0 : deeper(n - 1);
    __asm__ volatile("" : : "r"(room) : "memory");
    return below + room[0];
}

static void
dives(void *arg)
{
    printf("%d\n", deeper(*(int *)arg));
}

static void
overflow(void)
{
    int depth = 1000;

    go_coro_resume(go_coro_new(dives, &depth));
}

// Almost all of the stack is used, and then comes a function with so many
// locals that its lowest are far below. Only those are touched.
__attribute__((noinline)) static void
steps_far(void)
{
    char room[60 << 10];

    room[0] = 1;
    __asm__ volatile("" : : "r"(room) : "memory");
}

static void
leaps(void *arg)
{
    char room[62 << 10];

    (void)arg;
    room[0] = 1;
    __asm__ volatile("" : : "r"(room) : "memory");
    steps_far();
    __asm__ volatile("" : : "r"(room) : "memory");
}

// There are stacks on both sides.
static void
leap(void)
{
    struct go_coro *co[9];

    for (int i = 0; i < 9; i++) {
        co[i] = go_coro_new(i == 4 ? leaps : yields_forever, NULL);
        REQUIRE(co[i] != NULL);
    }
    go_coro_resume(co[4]);
}

// ---- What must work --------------------------------------------------------

static void
deep_enough(void)
{
    int depth = 60;
    struct go_coro *co = go_coro_new(dives, &depth);

    go_coro_resume(co);
    go_coro_free(co);
}

static void
null_is_a_value(void)
{
    struct go_coro *co = go_coro_new(yields_forever, NULL);

    REQUIRE(go_coro_resume(co) == NULL);
    REQUIRE(!go_coro_done(co));
    REQUIRE(go_coro_resume(co) == NULL);
    go_coro_free(co);
    go_coro_free(NULL);

    co = go_coro_new(ends, NULL);
    REQUIRE(!go_coro_done(co));
    REQUIRE(go_coro_resume(co) == NULL);
    REQUIRE(go_coro_done(co));
    REQUIRE(go_coro_resume(co) == NULL);
    go_coro_free(co);

    go_coro_free(go_coro_new(ends, NULL));      // never started
}

// As many as the kernel gives, then a clean NULL, and nothing lost. there_is: a
// limit that must be met.
static void
until_no_memory(bool there_is)
{
    enum { MAX = 100000 };
    static struct go_coro *co[MAX];
    int value = 0;
    int n;

    for (int round = 0; round < 2; round++) {
        for (n = 0; n < MAX; n++) {
            co[n] = go_coro_new(yields_forever, &value);
            if (co[n] == NULL)
                break;
        }
        REQUIRE(n < MAX || !there_is);
        REQUIRE(n == MAX || errno == ENOMEM);
        REQUIRE(n > 100);
        for (int i = 0; i < n; i++)
            REQUIRE(go_coro_resume(co[i]) == &value);
        for (int i = 0; i < n; i++)
            go_coro_free(co[i]);
    }
}

// The limit on mappings, which guards use up: a little over 32,000. From chapter
// 2 on, and with Linux 6.13, they use none.
static void
limit_of_mappings(void)
{
    until_no_memory(false);
}

// When memory is locked the kernel says EAGAIN, and we say the same as always.
static void
limit_of_locked_memory(void)
{
    struct rlimit limit;
    int n = 0;

    REQUIRE(getrlimit(RLIMIT_MEMLOCK, &limit) == 0);
    if (limit.rlim_cur > 4 << 20)
        limit.rlim_cur = 4 << 20;
    REQUIRE(setrlimit(RLIMIT_MEMLOCK, &limit) == 0);
    // Root may lock as much as it likes, until it is somebody else.
    REQUIRE(geteuid() != 0 || setresuid(65534, 65534, 65534) == 0);
    if (mlockall(MCL_FUTURE) != 0)
        return;                 // nothing may be locked here at all
    while (n < 1000 && go_coro_new(ends, NULL) != NULL)
        n++;
    REQUIRE(errno == ENOMEM);
    REQUIRE(n < 1000);
}

// The limit on addresses.
static void
limit_of_addresses(void)
{
    struct rlimit limit = { 64 << 20, 64 << 20 };

    REQUIRE(setrlimit(RLIMIT_AS, &limit) == 0);
    until_no_memory(true);
}

static long
mappings(void)
{
    FILE *f = fopen("/proc/self/maps", "r");
    long lines = 0;

    REQUIRE(f != NULL);
    for (int c; (c = getc(f)) != EOF; )
        lines += c == '\n';
    fclose(f);
    return lines;
}

static void
gives_all_back(void)
{
    const char *rounds = getenv("CHECK_ROUNDS");
    const char *tool = getenv("SAN");
    int n = rounds != NULL ? atoi(rounds) : 10000;
    long before = 0;

    for (int i = 0; i < n; i++) {
        struct go_coro *co = go_coro_new(i % 2 ? ends : yields_forever, NULL);

        if (i == n / 100)
            before = mappings();
        REQUIRE(co != NULL);
        go_coro_resume(co);
        go_coro_free(co);
    }
    // A sanitizer maps more the longer it runs.
    REQUIRE((tool != NULL && *tool != '\0') || mappings() <= before + 2);
}

// ---- errno -----------------------------------------------------------------

static void
keeps_errno(void *arg)
{
    for (int mine = *(int *)arg; ; mine++) {
        errno = mine;
        go_coro_yield(NULL);
        REQUIRE(errno == mine);
    }
}

static void
errno_of_each(void)
{
    int first[3] = { 1000, 2000, 3000 };
    struct go_coro *co[3];

    for (int i = 0; i < 3; i++)
        co[i] = go_coro_new(keeps_errno, &first[i]);
    for (int i = 0; i < 10000; i++) {
        errno = 7;
        go_coro_resume(co[i % 3]);
        REQUIRE(errno == 7);
    }
    for (int i = 0; i < 3; i++)
        go_coro_free(co[i]);
}

// One coroutine, resumed by two threads in turn. A pair of semaphores would
// do; a barrier is simpler.
static struct {
    struct go_coro *co;
    pthread_barrier_t turn;
    long rounds;
} shared;

static void *
other_thread(void *arg)
{
    (void)arg;
    for (long i = 0; i < shared.rounds; i++) {
        pthread_barrier_wait(&shared.turn);     // the first thread resumes
        pthread_barrier_wait(&shared.turn);     // we do
        errno = 8;
        go_coro_resume(shared.co);
        REQUIRE(errno == 8);
    }
    return NULL;
}

static void
errno_over_threads(void)
{
    pthread_t thread;
    int first = 1000;
    const char *rounds = getenv("CHECK_ROUNDS");

    shared.rounds = rounds != NULL ? atol(rounds) : 1000;
    shared.co = go_coro_new(keeps_errno, &first);
    pthread_barrier_init(&shared.turn, NULL, 2);
    REQUIRE(pthread_create(&thread, NULL, other_thread, NULL) == 0);
    for (long i = 0; i < shared.rounds; i++) {
        pthread_barrier_wait(&shared.turn);
        errno = 7;
        go_coro_resume(shared.co);
        REQUIRE(errno == 7);
        pthread_barrier_wait(&shared.turn);
    }
    pthread_join(thread, NULL);
    go_coro_resume(shared.co);
    go_coro_free(shared.co);
}

// ---- Unwinding -------------------------------------------------------------

static int frames;

static void
looks_back(void *arg)
{
    void *address[64];

    (void)arg;
    frames = backtrace(address, 64);
}

static void
backtrace_ends(void)
{
    struct go_coro *co = go_coro_new(looks_back, NULL);

    go_coro_resume(co);
    printf("%d frames\n", frames);
    REQUIRE(frames >= 3 && frames <= 5);
    go_coro_free(co);
}

// For the debugger.
__attribute__((noinline)) static void
stop_here(void)
{
    __asm__ volatile("");
}

static void
stops(void *arg)
{
    (void)arg;
    stop_here();
}

static void
in_a_coroutine(void)
{
    struct go_coro *co = go_coro_new(stops, NULL);

    go_coro_resume(co);
    go_coro_free(co);
}

// ---- For the sanitizers ----------------------------------------------------

static void
writes_too_far(void *arg)
{
    char local[16];

    memset(local, 0, sizeof(local));
    local[*(volatile int *)arg] = 1;
    go_coro_yield(local);
}

static void
bad_write(void)
{
    int index = 16;

    go_coro_resume(go_coro_new(writes_too_far, &index));
}

static long shared_count;

static void
counts(void *arg)
{
    (void)arg;
    for (;;) {
        shared_count++;
        go_coro_yield(NULL);
    }
}

// Two coroutines of two threads. One runs after the other, but what says so is
// relaxed, and orders nothing else.
static int relaxed_turn;

static void *
resumes_one(void *arg)
{
    struct go_coro *co = go_coro_new(counts, NULL);

    while (__atomic_load_n(&relaxed_turn, __ATOMIC_RELAXED) != *(int *)arg)
        ;
    go_coro_resume(co);
    __atomic_store_n(&relaxed_turn, *(int *)arg + 1, __ATOMIC_RELAXED);
    while (__atomic_load_n(&relaxed_turn, __ATOMIC_RELAXED) != 2)
        ;
    go_coro_free(co);
    return NULL;
}

static void
race(void)
{
    pthread_t thread;
    int turn[2] = { 0, 1 };

    REQUIRE(pthread_create(&thread, NULL, resumes_one, &turn[1]) == 0);
    resumes_one(&turn[0]);
    pthread_join(thread, NULL);
}

// Two coroutines of one thread: their resumer orders them.
static void
no_race(void)
{
    struct go_coro *a = go_coro_new(counts, NULL);
    struct go_coro *b = go_coro_new(counts, NULL);

    for (int i = 0; i < 100; i++) {
        go_coro_resume(a);
        go_coro_resume(b);
        shared_count++;
    }
    REQUIRE(shared_count == 300);
    go_coro_free(a);
    go_coro_free(b);
}

// What a coroutine that stands still points at is not lost.
static void
holds(void *arg)
{
    void *memory = malloc(100);

    (void)arg;
    memset(memory, 1, 100);
    go_coro_yield(memory);
    free(memory);
}

static struct go_coro *standing;

static void
no_leak(void)
{
    standing = go_coro_new(holds, NULL);
    go_coro_resume(standing);
}

// Nor is what one points at that has not begun.
__attribute__((noinline)) static struct go_coro *
hands_over(void)
{
    return go_coro_new(free, malloc(100));
}

static void
no_leak_before(void)
{
    volatile char wiped[4096];

    standing = hands_over();
    memset((void *)wiped, 0, sizeof(wiped));
}

static long
kilobytes(const char *name)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[256];
    long n = 0;

    REQUIRE(f != NULL);
    while (fgets(line, sizeof(line), f) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            n = atol(line + strlen(name));
    fclose(f);
    return n;
}

// One that stands still and is freed leaves nothing behind: no fake stack.
static void
no_growth(void)
{
    long before = 0;
    int index = 3;

    for (int i = 0; i < 400; i++) {
        struct go_coro *co = go_coro_new(writes_too_far, &index);

        go_coro_resume(co);
        go_coro_free(co);
        if (i == 100)
            before = kilobytes("VmSize:");
    }
    REQUIRE(kilobytes("VmSize:") <= before + (64 << 10));
}

// Stacks that were left in the middle are used again.
static void
used_again(void)
{
    for (int i = 0; i < 2000; i++) {
        struct go_coro *co = go_coro_new(i % 2 ? holds : dives, &i);

        if (i % 2) {
            free(go_coro_resume(co));
        } else {
            int depth = i % 50;

            go_coro_free(co);
            co = go_coro_new(yields_forever, &depth);
            go_coro_resume(co);
        }
        go_coro_free(co);
    }
}

static const struct {
    const char *name;
    void (*fn)(void);
} scenarios[] = {
    { "yield-outside", yield_outside },
    { "yield-outside-later", yield_outside_later },
    { "new-of-null", new_of_null },
    { "resume-null", resume_null },
    { "done-null", done_null },
    { "resume-running", resume_running },
    { "resume-resumer", resume_resumer },
    { "free-running", free_running },
    { "overflow", overflow },
    { "leap", leap },
    { "deep-enough", deep_enough },
    { "null-is-a-value", null_is_a_value },
    { "limit-of-mappings", limit_of_mappings },
    { "limit-of-addresses", limit_of_addresses },
    { "limit-of-locked-memory", limit_of_locked_memory },
    { "gives-all-back", gives_all_back },
    { "errno-of-each", errno_of_each },
    { "errno-over-threads", errno_over_threads },
    { "backtrace-ends", backtrace_ends },
    { "in-a-coroutine", in_a_coroutine },
    { "bad-write", bad_write },
    { "race", race },
    { "no-race", no_race },
    { "no-leak", no_leak },
    { "no-leak-before", no_leak_before },
    { "no-growth", no_growth },
    { "used-again", used_again },
};

int
main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            scenarios[i].fn();
            return 0;
        }
    fprintf(stderr, "01-context_coro: which scenario?\n");
    return 2;
}
