/** @file 02-stack_stacks.c  Stacks: how large, where, and whose memory.
 *
 * One scenario a process: 02-stack_stacks NAME. CHECK_ROUNDS is how many
 * stacks the large ones make.
 */
#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "gstatus.h"
#include "lock.h"
#include "stack.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); exit(1); } } while (0)

#define OWN_STACK __attribute__((noinline, no_sanitize("address")))

enum { PAGE_MOST = 64 << 10 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SLACK = 4096 };          // what a few frames of the library take
#else
enum { SLACK = 800 };
#endif

static size_t page;             // its size
static int argc_;
static char **argv_;

static int
rounds(int usual)
{
    const char *text = getenv("CHECK_ROUNDS");

    return text != NULL ? atoi(text) : usual;
}

static void
run(int (*fn)(int, char **))
{
    REQUIRE(go_run(fn, argc_, argv_) == 0);
}

static int ended;

// The last act of a goroutine that has something to tell: its end alone makes
// nothing visible.
static void
done(void)
{
    __atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
}

static void
wait_for_others(void)
{
    while (go_num_goroutine() > 1)
        go_gosched();
    // Pairs with done.
    (void)__atomic_load_n(&ended, __ATOMIC_ACQUIRE);
}

// How many pages of [lo, hi) are in memory.
static size_t
pages_in(uintptr_t lo, uintptr_t hi)
{
    unsigned char in[256];
    size_t n = 0;

    lo &= -page;
    for (uintptr_t at = lo; at < hi; at += sizeof(in) * page) {
        size_t bytes = hi - at < sizeof(in) * page ? hi - at : sizeof(in) * page;

        REQUIRE(mincore((void *)at, bytes, in) == 0);
        for (size_t i = 0; i < (bytes + page - 1) / page; i++)
            n += in[i] & 1;
    }
    return n;
}

// What a line of /proc/self/status says, in KiB.
static long
status_kib(const char *name)
{
    char line[256];
    long kib = -1;
    FILE *f = fopen("/proc/self/status", "r");

    REQUIRE(f != NULL);
    while (fgets(line, sizeof(line), f) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            kib = strtol(line + strlen(name) + 1, NULL, 10);
    fclose(f);
    REQUIRE(kib >= 0);
    return kib;
}

static int
mappings(void)
{
    int c, n = 0;
    FILE *f = fopen("/proc/self/maps", "r");

    REQUIRE(f != NULL);
    while ((c = getc(f)) != EOF)
        n += c == '\n';
    fclose(f);
    return n;
}

// Use the stack that we are on down to `spare` bytes above lo. No frame may
// lie on another. Returns how many there were.
OWN_STACK static long
down_to(uintptr_t lo, intptr_t spare, long depth)
{
    volatile long mine[8];
    long deepest = depth;

    mine[0] = depth;
    mine[7] = ~depth;
    if ((intptr_t)((uintptr_t)mine - lo) > spare)
        deepest = down_to(lo, spare, depth + 1);
    REQUIRE(mine[0] == depth && mine[7] == ~depth);
    return deepest;
}

// ---- How large -------------------------------------------------------------

static size_t wanted;

OWN_STACK static void
uses_all(void)
{
    const struct stack s = getg()->stack;
    // What it takes to be called stands above us, and is counted as used.
    const intptr_t spare = (intptr_t)(s.hi - s.lo - wanted);

    REQUIRE(s.hi - s.lo >= wanted);
    REQUIRE(down_to(s.lo, spare + 1024, 1) > 0);
    REQUIRE(go_stack_high_water() >= wanted - 1024 - 512);
    done();
}

static int
every_class(int argc, char **argv)
{
    static const size_t sizes[] = {
        GO_STACK_MIN, GO_STACK_MIN + 1, 20000, 32 << 10, 64 << 10, 100000,
        128 << 10, 256 << 10, 512 << 10, 1 << 20, 4 << 20,
    };

    (void)argc;
    (void)argv;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const struct go_attr attr = { .stack_max = sizes[i] };

        wanted = sizes[i];
        go_with(&attr, uses_all);
        wait_for_others();
    }
    return 0;
}

static void
every_class_is_whole(void)
{
    run(every_class);
}

// A GiB is reserved; what is used of it takes memory, and no more.
static void
in_a_gib(void)
{
    const struct stack s = getg()->stack;

    REQUIRE(s.hi - s.lo >= (size_t)1 << 30);
    REQUIRE(down_to(s.hi - (1 << 20), 1024, 1) > 0);

    size_t before = pages_in(s.lo, s.hi);
    size_t deep = go_stack_high_water();

    REQUIRE(deep > (1 << 20) - 8192 && deep < (1 << 20) + 4 * PAGE_MOST);
    REQUIRE(pages_in(s.lo, s.hi) == before);
    REQUIRE(before <= (1 << 20) / page + 8);
    done();
}

static int
gib(int argc, char **argv)
{
    const struct go_attr attr = { .stack_max = 1 << 30 };

    (void)argc;
    (void)argv;
    go_with(&attr, in_a_gib);
    wait_for_others();
    return 0;
}

static void
a_gib(void)
{
    run(gib);
}

static void
nothing(void)
{
}

static int
starts_with_max(int argc, char **argv)
{
    const struct go_attr attr = { .stack_max = strtoul(argv[2], NULL, 0) };

    (void)argc;
    go_with(&attr, nothing);
    wait_for_others();
    return 0;
}

static void
stack_max(void)
{
    run(starts_with_max);
}

// The limit of all goroutines that do not say, as GODEBUG wants it: at least
// so much, and less than twice.
static int
limit_is(int argc, char **argv)
{
    const size_t limit = strtoul(argv[2], NULL, 0);
    const struct stack s = getg()->stack;

    (void)argc;
    REQUIRE(s.hi - s.lo >= limit && s.hi - s.lo < 2 * limit);
    return 0;
}

static void
usual_limit(void)
{
    run(limit_is);
}

// ---- How deep --------------------------------------------------------------

static size_t told[2];

OWN_STACK static void
tells_depth(int deep)
{
    if (deep)
        REQUIRE(down_to(getg()->stack.hi - 40000, 0, 1) > 0);
    told[deep] = go_stack_high_water();
    done();
}

static int
high_water_of_two(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (int deep = 0; deep < 2; deep++) {
        go(tells_depth, deep);
        wait_for_others();
    }
    REQUIRE(told[0] > 0);
    REQUIRE(told[0] < 20000);
    REQUIRE(told[1] >= 40000);
    REQUIRE(told[1] < 40000 + 8192);
    return 0;
}

static void
high_water(void)
{
    run(high_water_of_two);
}

// With GODEBUG=stackfill=1: the shallow one has the stack of the deep one, and
// tells its own depth, to the word.
OWN_STACK static void
tells_exactly(uintptr_t *stack)
{
    const uintptr_t hi = getg()->stack.hi;
    volatile uint64_t *low = alloca(3000);

    *stack = getg()->stack.lo;
    for (int i = 0; i < 3000 / 8; i++)
        low[i] = 7;

    size_t depth = go_stack_high_water();
    size_t mine = hi - (uintptr_t)low;

    // Below us lies what go_stack_high_water takes itself.
    REQUIRE(depth >= mine);
    REQUIRE(depth < mine + SLACK);
    done();
}

static int
fills(int argc, char **argv)
{
    uintptr_t first = 0, second = 0;

    (void)argc;
    (void)argv;
    go(tells_depth, 1);
    wait_for_others();
    go(tells_exactly, &first);
    wait_for_others();
    REQUIRE(told[1] >= 40000);
    go(tells_exactly, &second);
    wait_for_others();
    REQUIRE(first != 0 && first == second);
    return 0;
}

static void
stackfill(void)
{
    run(fills);
}

// ---- Reuse -----------------------------------------------------------------

static void
last_in_first_out(void)
{
    struct stack s[40], t;

    for (int i = 0; i < 40; i++)
        REQUIRE(stack_alloc(&s[i], 50000));
    for (int i = 0; i < 40; i++) {
        t = s[i];
        stack_free(&t);
    }
    for (int i = 40; i-- > 0;) {
        REQUIRE(stack_alloc(&t, 50000));
        REQUIRE(t.lo == s[i].lo && t.hi == s[i].hi);
        for (size_t k = 0; k < STACK_RECORD; k++)
            REQUIRE(((char *)t.hi)[k] == 0);
    }
}

static void
notes_stack(void *arg)
{
    *(uintptr_t *)arg = getg()->stack.lo;
}

static void
coroutines_share(void)
{
    uintptr_t first = 0, again;

    for (int i = 0; i < 100; i++) {
        struct go_coro *co = go_coro_new(notes_stack, &again);

        go_coro_resume(co);
        go_coro_free(co);
        first = i == 0 ? again : first;
        REQUIRE(again == first);
    }
}

OWN_STACK static void
touch(const struct stack *s)
{
    for (uintptr_t at = s->lo; at < s->hi; at += page)
        *(volatile char *)at = 1;
}

static void
free_ones_are_empty(void)
{
    enum { N = 100, FEW = 16 };
    struct stack s[N], t;
    int full = 0;

    for (int i = 0; i < N; i++) {
        REQUIRE(stack_alloc(&s[i], 64 << 10));
        touch(&s[i]);
        REQUIRE(pages_in(s[i].lo, s[i].hi) > 60000 / page);
    }
    for (int i = 0; i < N; i++) {
        t = s[i];
        stack_free(&t);
    }
    for (int i = 0; i < N; i++)
        full += pages_in(s[i].lo, s[i].hi & -page) != 0;
    REQUIRE(full > 0);
    REQUIRE(full <= FEW);
}

static void
trim(void)
{
    enum { N = 200 };
    struct stack s[N], t, kept;

    REQUIRE(stack_alloc(&kept, 64 << 10));      // of the first slab
    memset((void *)kept.hi, 1, STACK_RECORD);
    touch(&kept);
    for (int i = 0; i < N; i++) {
        REQUIRE(stack_alloc(&s[i], 64 << 10));
        touch(&s[i]);
    }
    for (int i = 0; i < N; i++) {
        t = s[i];
        stack_drop(&t);
    }
    stack_trim();

    int in = 0;

    for (int i = 0; i < N; i++)
        in += pages_in(s[i].lo, s[i].hi + STACK_RECORD) != 0;
    // Those that share a region with the one in use.
    REQUIRE(in < 16);
    REQUIRE(pages_in(kept.lo, kept.hi) >= 60000 / page);
    for (int i = 0; i < (int)STACK_RECORD; i++)
        REQUIRE(((char *)kept.hi)[i] == 1);
    for (int i = 0; i < N; i++) {
        REQUIRE(stack_alloc(&s[i], 64 << 10));
        REQUIRE(s[i].lo != kept.lo);
        for (int k = 0; k < i; k++)
            REQUIRE(s[i].lo != s[k].lo);
        for (size_t k = 0; k < STACK_RECORD; k++)
            REQUIRE(((char *)s[i].hi)[k] == 0);
        touch(&s[i]);
    }
}

static int n_deep, all_deep;

// None ends before all are deep: else two p's may need a few stacks only.
OWN_STACK static void
goes_deep(void)
{
    REQUIRE(down_to(getg()->stack.hi - 16000, 0, 1) > 0);
    __atomic_add_fetch(&n_deep, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&n_deep, __ATOMIC_SEQ_CST) < all_deep)
        go_gosched();
}

static int
many_deep(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    n_deep = 0;
    all_deep = rounds(20000);
    for (int i = 0; i < all_deep; i++)
        go(goes_deep);
    wait_for_others();
    return 0;
}

static void
run_gives_back(void)
{
    run(many_deep);

    long before = status_kib("VmRSS:");

    for (int i = 0; i < 2; i++) {
        run(many_deep);
        REQUIRE(status_kib("VmRSS:") < before + 4096);
    }
    // 20,000 stacks that are 16 KB deep are 320 MB.
    REQUIRE(status_kib("VmHWM:") > 300 << 10);
    REQUIRE(before < 40 << 10);
}

// ---- Very many -------------------------------------------------------------

static int n_parked;
static struct lock locks[64];

static void
parks(long i)
{
    struct lock *l = &locks[i % 64];

    __atomic_add_fetch(&n_parked, 1, __ATOMIC_SEQ_CST);
    lock(l);
    g_park(l, WAIT_NOTHING);
    _exit(9);                           // nobody wakes it
}

static int
parks_many(int argc, char **argv)
{
    const int n = rounds(100000);

    (void)argc;
    (void)argv;
    for (long i = 0; i < n; i++)
        go(parks, i);
    while (__atomic_load_n(&n_parked, __ATOMIC_SEQ_CST) < n)
        go_gosched();
    REQUIRE(go_num_goroutine() == n + 1);
    if (getenv("CHECK_MAPPINGS") != NULL)
        REQUIRE(stack_guard_kind() != GUARD_REGIONS || mappings() < 100);
    return 0;
}

static void
very_many(void)
{
    run(parks_many);
}

// ---- Where -----------------------------------------------------------------

static void
colours(void)
{
    enum { N = 64 };
    bool seen[PAGE_MOST / 64] = { false };
    struct stack s;
    int lines = 0;

    for (int i = 0; i < N; i++) {
        REQUIRE(stack_alloc(&s, 64 << 10));
        REQUIRE(s.hi % 64 == 0 && s.lo % page == 0);
        lines += !seen[s.hi % page / 64];
        seen[s.hi % page / 64] = true;
    }
    REQUIRE(lines >= 16);
}

OWN_STACK static void
takes_vectors(int a, const char *text, void *arg)
{
    typedef double vector __attribute__((vector_size(16)));
    volatile vector v = { 1.5, 2.5 };
    uintptr_t at = (uintptr_t)&v;
    char room[64];

    // What the compiler takes for granted, it must not compute away.
    __asm__ volatile("" : "+r"(at));
    REQUIRE(at % 16 == 0);
    REQUIRE(v[0] + v[1] == a);
    snprintf(room, sizeof(room), "%s %.1f %d", text, v[1] * a, a);
    REQUIRE(strcmp(room, "x 10.0 4") == 0);
    *(bool *)arg = true;
    done();
}

static void
takes_vectors_in_coroutine(void *arg)
{
    takes_vectors(4, "x", arg);
}

static int
aligned(int argc, char **argv)
{
    bool first = false, second = false;
    struct go_coro *co = go_coro_new(takes_vectors_in_coroutine, &second);

    (void)argc;
    (void)argv;
    go(takes_vectors, 4, "x", &first);
    wait_for_others();
    go_coro_resume(co);
    go_coro_free(co);
    REQUIRE(first && second);
    return 0;
}

static void
alignment(void)
{
    run(aligned);
}

// ---- All of them -----------------------------------------------------------

static struct go_coro *all[10];
static int times[10], others;

static void
see(struct g *gp, void *arg)
{
    REQUIRE(arg == times);
    for (int i = 0; i < 10; i++)
        if ((struct go_coro *)gp == all[i]) {
            times[i]++;
            return;
        }
    others++;
}

static void
yields(void *arg)
{
    go_coro_yield(arg);
}

static void
each(void)
{
    for (int i = 0; i < 10; i++)
        all[i] = go_coro_new(yields, NULL);
    go_coro_resume(all[4]);                     // stands in the middle
    go_coro_resume(all[5]);
    go_coro_resume(all[5]);                     // has ended
    go_coro_free(all[0]);
    go_coro_free(all[7]);
    go_coro_free(all[9]);
    stack_each(see, times);
    for (int i = 0; i < 10; i++)
        REQUIRE(times[i] == (i != 0 && i != 7 && i != 9));
    REQUIRE(others == 0);
}

// ---- Threads, fork ---------------------------------------------------------

static void
adds(void *arg)
{
    volatile int sum = 0;

    for (;;) {
        sum += *(int *)arg;
        go_coro_yield((void *)&sum);
    }
}

static void *
makes_and_frees(void *arg)
{
    enum { N = 40 };                            // more than are kept
    const int n = rounds(300);
    struct go_coro *co[N];

    for (int i = 0; i < n; i++) {
        for (int k = 0; k < N; k++) {
            co[k] = go_coro_new(adds, arg);
            REQUIRE(co[k] != NULL);
            REQUIRE(*(volatile int *)go_coro_resume(co[k]) == *(int *)arg);
        }
        for (int k = 0; k < N; k++) {
            REQUIRE(*(volatile int *)go_coro_resume(co[k]) == 2 * *(int *)arg);
            go_coro_free(co[k]);
        }
    }
    return NULL;
}

static void
two_threads(void)
{
    int step[2] = { 3, 1000 };
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        REQUIRE(pthread_create(&thread[i], NULL, makes_and_frees, &step[i]) == 0);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
}

static void
forks(void *arg)
{
    volatile int mine = 1;
    int status;
    pid_t child = fork();

    REQUIRE(child >= 0);
    if (child == 0) {
        mine = 2;
        go_coro_yield(arg);
        _exit(9);
    }
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status) && WEXITSTATUS(status) == 5);
    REQUIRE(mine == 1);
    go_coro_yield(NULL);
}

// Parent and child go on, each with its copy.
static void
fork_in_coroutine(void)
{
    struct go_coro *co = go_coro_new(forks, &page);

    if (go_coro_resume(co) == &page) {
        go_coro_free(co);
        makes_and_frees(&(int){ 2 });
        _exit(5);
    }
    REQUIRE(!go_coro_done(co));
    REQUIRE(go_coro_resume(co) == NULL && go_coro_done(co));
    go_coro_free(co);
    makes_and_frees(&(int){ 2 });
}

static const struct {
    const char *name;
    void (*fn)(void);
} scenarios[] = {
    { "every-class-is-whole", every_class_is_whole },
    { "a-gib", a_gib },
    { "stack-max", stack_max },
    { "usual-limit", usual_limit },
    { "high-water", high_water },
    { "stackfill", stackfill },
    { "last-in-first-out", last_in_first_out },
    { "coroutines-share", coroutines_share },
    { "free-ones-are-empty", free_ones_are_empty },
    { "trim", trim },
    { "run-gives-back", run_gives_back },
    { "very-many", very_many },
    { "colours", colours },
    { "alignment", alignment },
    { "each", each },
    { "two-threads", two_threads },
    { "fork-in-coroutine", fork_in_coroutine },
};

int
main(int argc, char **argv)
{
    page = world.page_size();
    argc_ = argc;
    argv_ = argv;
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc >= 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            scenarios[i].fn();
            return 0;
        }
    fprintf(stderr, "02-stack_stacks: which scenario?\n");
    return 2;
}
