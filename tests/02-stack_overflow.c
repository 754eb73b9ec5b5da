/** @file 02-stack_overflow.c  Stacks that overflow: each is named, and harms
 * nobody else.
 *
 * One scenario a process: 02-stack_overflow NAME. GUARD=pages and GUARD=canary
 * make the kernel refuse the better guards.
 */
#include <alloca.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "gstatus.h"
#include "lock.h"
#include "stack.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); exit(1); } } while (0)

#define OWN_STACK __attribute__((noinline, no_sanitize("address")))

// ---- Overflowing -----------------------------------------------------------

static volatile long forever = -1;
static const char *volatile digits = "%.300Lf";

// A call chain of frames of `bytes`, until depth is 0. Each frame is touched
// every KiB, from the top, as -fstack-clash-protection does; or by that
// (PROBED).
OWN_STACK static size_t
deeper(size_t bytes, long depth)
{
#ifdef PROBED
    volatile char *frame = alloca(bytes);

    frame[0] = 1;
#else
    volatile char *frame = NULL;

    for (size_t taken = 0; taken < bytes; taken += 1024) {
        frame = alloca(bytes - taken < 1024 ? bytes - taken : 1024);
        frame[0] = 1;
    }
#endif
    if (depth == 0)
        return 1;
    return deeper(bytes, depth - 1) + (size_t)frame[0];
}

// The same until less than `spare` bytes are left, and then a number is
// printed.
OWN_STACK static int
prints(size_t spare)
{
    volatile char frame[64];
    char text[400];

    frame[0] = 1;
    if ((uintptr_t)frame - getg()->stack.lo > spare + sizeof(text))
        return prints(spare) + frame[0];
    return snprintf(text, sizeof(text), digits, 1e4000L) + frame[0];
}

static void
overflows(size_t bytes)
{
    deeper(bytes, forever);
}

static void
overflows_in_coroutine(void *bytes)
{
    deeper((size_t)bytes, forever);
}

// ---- Where it happens ------------------------------------------------------

static int
main_overflows(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    overflows(16);
    return 0;
}

// Until all others have ended.
static void
wait_for_others(void)
{
    while (go_num_goroutine() > 1)
        go_gosched();
}

static int
plain_overflows(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(overflows, 16);
    wait_for_others();
    return 0;
}

static int
named_overflows(int argc, char **argv)
{
    const struct go_attr attr = { .name = "reader", .stack_max = 100000 };

    (void)argc;
    (void)argv;
    go_with(&attr, overflows, 200);
    wait_for_others();
    return 0;
}

static void
nothing(void)
{
}

static void
overflows_at_once(void)
{
    overflows(16);
}

static int
no_arguments(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(overflows_at_once);
    wait_for_others();
    return 0;
}

static void
with_coroutine(void)
{
    go_coro_resume(go_coro_new(overflows_in_coroutine, (void *)16));
}

static int
coroutine_overflows(int argc, char **argv)
{
    const struct go_attr attr = { .name = "lender" };

    (void)argc;
    (void)argv;
    go_with(&attr, with_coroutine);
    wait_for_others();
    return 0;
}

static int
libc_overflows(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(prints, 2000);
    wait_for_others();
    return 0;
}

static void
stands_by(void)
{
    for (;;)
        go_gosched();
}

static int
beside_another(int argc, char **argv)
{
    const struct go_attr attr = { .name = "bystander" };

    (void)argc;
    (void)argv;
    go_with(&attr, stands_by);
    go_gosched();
    overflows(16);
    return 0;
}

static int
returns(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(nothing);
    wait_for_others();
    return 0;
}

static void
outside_a_run(void)
{
    go_coro_resume(go_coro_new(overflows_in_coroutine, (void *)16));
}

static void
outside_later(void)
{
    go_run(returns, 0, NULL);
    outside_a_run();
}

// ---- Bad addresses that are no overflow ------------------------------------

static int *volatile nowhere;

__attribute__((no_sanitize("undefined"))) static int
bad_address(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    *nowhere = 1;
    return 0;
}

static void
was_info(int sig, siginfo_t *info, void *context)
{
    (void)context;
    _exit(sig == SIGSEGV && info->si_addr == NULL ? 7 : 8);
}

static void
was_plain(int sig)
{
    _exit(sig == SIGSEGV ? 7 : 8);
}

static char *page;

static void
repairs(int sig, siginfo_t *info, void *context)
{
    (void)sig;
    (void)context;
    if (info->si_addr != page)
        _exit(8);
    mprotect(page, 4096, PROT_READ | PROT_WRITE);
}

static void
earlier_info(void)
{
    struct sigaction action = { .sa_sigaction = was_info, .sa_flags = SA_SIGINFO };

    sigaction(SIGSEGV, &action, NULL);
    go_run(bad_address, 0, NULL);
}

static void
earlier_plain(void)
{
    signal(SIGSEGV, was_plain);
    go_run(bad_address, 0, NULL);
}

static void
earlier_default(void)
{
    signal(SIGSEGV, SIG_DFL);
    go_run(bad_address, 0, NULL);
}

static void
earlier_ignores(void)
{
    signal(SIGSEGV, SIG_IGN);
    go_run(bad_address, 0, NULL);
}

static int
writes_page(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    *(volatile char *)page = 5;
    return page[0];
}

static void
earlier_repairs(void)
{
    struct sigaction action = { .sa_sigaction = repairs, .sa_flags = SA_SIGINFO };

    page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    sigaction(SIGSEGV, &action, NULL);
    REQUIRE(go_run(writes_page, 0, NULL) == 5);
}

static uintptr_t neighbour_guard;

static void
tells_guard(void)
{
    neighbour_guard = getg()->stack.lo - 8;
    stands_by();
}

static int
bad_address_in_guard(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go(tells_guard);
    while (neighbour_guard == 0)
        go_gosched();
    *(volatile char *)neighbour_guard = 1;
    return 0;
}

// What the program had before go_run is there again after it.
static void
handlers_come_back(void)
{
    static char room[64 << 10];
    const stack_t mine = { .ss_sp = room, .ss_size = sizeof(room) };
    struct sigaction now;
    stack_t there;

    signal(SIGSEGV, was_plain);
    REQUIRE(sigaltstack(&mine, NULL) == 0);
    go_run(returns, 0, NULL);
    REQUIRE(sigaction(SIGSEGV, NULL, &now) == 0 && now.sa_handler == was_plain);
    REQUIRE(sigaltstack(NULL, &there) == 0 && there.ss_sp == room);
}

// ---- Guards ----------------------------------------------------------------

#if defined(__x86_64__)
enum { ARCH = AUDIT_ARCH_X86_64 };
#else
enum { ARCH = AUDIT_ARCH_AARCH64 };
#endif

#define LOAD(field) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF(k, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, yes, no)
#define ANSWER(errno_) \
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (errno_))

// From now on the kernel is one older than 6.13; with `full`, it also has no
// more mappings for pages that nobody may touch.
static void
older_kernel(bool full)
{
    struct sock_filter filter[] = {
        LOAD(arch), IF(ARCH, 0, 9),
        LOAD(nr),
        IF(SYS_process_madvise, 8, 0),
        IF(SYS_madvise, 0, 2),
        LOAD(args[2]), IF(WORLD_GUARD_INSTALL, 5, 4),
        IF(SYS_mprotect, 0, 3),
        LOAD(args[2]), IF(PROT_NONE, 0, 1),
        full ? (struct sock_filter)ANSWER(ENOMEM)
             : (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        ANSWER(EINVAL),
    };
    const struct sock_fprog program = {
        .len = sizeof(filter) / sizeof(filter[0]),
        .filter = filter,
    };

    REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    REQUIRE(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

static int
kind_is_regions(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return stack_guard_kind() == GUARD_REGIONS;
}

static int
kind_is_pages(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return stack_guard_kind() == GUARD_PAGES;
}

static int
kind_is_canary(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return stack_guard_kind() == GUARD_CANARY;
}

// Writes the word below its stack only, and goes on.
OWN_STACK static void
writes_below(void)
{
    *(volatile uint64_t *)getg()->stack.lo = 1;
    go_gosched();
    printf("it goes on\n");
}

static int
canary_dies(int argc, char **argv)
{
    const struct go_attr attr = { .name = "writer" };

    (void)argc;
    (void)argv;
    go_with(&attr, writes_below);
    go(stands_by);
    wait_for_others();
    return 0;
}

static void
coroutine_writes_below(void *arg)
{
    (void)arg;
    *(volatile uint64_t *)getg()->stack.lo = 1;
    go_coro_yield(NULL);
}

static void
coroutine_canary_dies(void)
{
    go_coro_resume(go_coro_new(coroutine_writes_below, NULL));
    printf("it goes on\n");
}

// ---- A thousand overflows --------------------------------------------------

enum {
    NEIGHBOURS = 6,             // half of them below the one that overflows
    SLOT_MOST  = (256 << 10) + 8192,
};

// Shared by the parent, which looks, and the child, which overflows.
static struct {
    size_t bytes;               // of a slot, as far as it is used; 0: not yet
    _Alignas(4096) char is[NEIGHBOURS][SLOT_MOST];
    char was[NEIGHBOURS][SLOT_MOST];
} *shared;

static int shared_fd;
static struct g *neighbour[NEIGHBOURS];
static int n_parked;
static size_t stack_max, frame_bytes;
static int way;

OWN_STACK static void
parks(int i)
{
    static struct lock locks[NEIGHBOURS];
    volatile uint64_t pattern[512];

    for (int k = 0; k < 512; k++)
        pattern[k] = 0x5a5a5a5a00000000u + (unsigned)k;
    neighbour[i] = getg();
    __atomic_add_fetch(&n_parked, 1, __ATOMIC_SEQ_CST);
    lock(&locks[i]);
    g_park(&locks[i], WAIT_NOTHING);
    _exit((int)pattern[0]);             // nobody wakes it
}

// Reads what is somebody else's, who is parked.
OWN_STACK __attribute__((no_sanitize("thread"))) static void
copy(void *to, const void *from, size_t bytes)
{
    for (size_t i = 0; i < bytes / 8; i++)
        ((volatile uint64_t *)to)[i] = ((volatile uint64_t *)from)[i];
}

// From now on the parent sees the stack of neighbour i, which is parked.
OWN_STACK static void
share(int i)
{
    const struct stack s = neighbour[i]->stack;
    const size_t top = (s.hi + STACK_RECORD + 4095) & ~(size_t)4095;
    const size_t bytes = top - s.lo;
    const size_t at = (size_t)(shared->is[i] - (char *)shared);

    REQUIRE(bytes <= SLOT_MOST);
    copy(shared->is[i], (void *)s.lo, bytes);
    copy(shared->was[i], (void *)s.lo, bytes);
    REQUIRE(mmap((void *)s.lo, bytes, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_FIXED, shared_fd, (off_t)at) == (void *)s.lo);
    __atomic_store_n(&shared->bytes, bytes, __ATOMIC_SEQ_CST);
}

static void
victim(void)
{
    while (__atomic_load_n(&shared->bytes, __ATOMIC_SEQ_CST) == 0 ||
           __atomic_load_n(&n_parked, __ATOMIC_SEQ_CST) < 2 * NEIGHBOURS)
        go_gosched();
    switch (way) {
    case 0: overflows(frame_bytes); break;
    case 1: prints(frame_bytes % 4096); break;
    case 2: deeper(256, 20); overflows(frame_bytes); break;
    }
    _exit(9);
}

static int
overflows_among_others(int argc, char **argv)
{
    const struct go_attr attr = { .stack_max = stack_max };
    const struct go_attr attr_victim = { .name = "victim", .stack_max = stack_max };

    (void)argc;
    (void)argv;
    for (int i = 0; i < NEIGHBOURS; i++) {
        if (i == NEIGHBOURS / 2)
            go_with(&attr_victim, victim);
        go_with(&attr, parks, i);
    }
    while (__atomic_load_n(&n_parked, __ATOMIC_SEQ_CST) < NEIGHBOURS)
        go_gosched();
    for (int i = 0; i < NEIGHBOURS; i++) {
        while (g_status(neighbour[i]) != G_WAITING)
            go_gosched();
        share(i);
    }
    __atomic_add_fetch(&n_parked, NEIGHBOURS, __ATOMIC_SEQ_CST);
    stands_by();
    return 0;
}

static void
one_of_many(int round)
{
    static const size_t sizes[] = { 16 << 10, 64 << 10, 32 << 10, 100000 };
    char text[8192], limit[100];
    int out[2], status;

    stack_max = sizes[round % 4];
    frame_bytes = (size_t)16 << round % 13;
    frame_bytes += frame_bytes < 65536 ? (size_t)round * 7 % frame_bytes : 0;
    way = round / 4 % 3;
    shared->bytes = 0;
    REQUIRE(pipe(out) == 0);

    pid_t child = fork();

    REQUIRE(child >= 0);
    if (child == 0) {
        setenv("GOTRACEBACK", round % 16 == 0 ? "single" : "none", 1);
        dup2(out[1], 2);
        close(out[0]);
        go_run(overflows_among_others, 0, NULL);
        _exit(8);
    }
    close(out[1]);

    char rest[4096];
    size_t n = 0;
    ssize_t got;

    while ((got = read(out[0], text + n, sizeof(text) - 1 - n)) > 0)
        n += (size_t)got;
    text[n] = '\0';
    while (read(out[0], rest, sizeof(rest)) > 0)
        ;
    close(out[0]);
    REQUIRE(waitpid(child, &status, 0) == child);
    snprintf(limit, sizeof(limit), "\"victim\" stack exceeds %zu-byte limit\n",
             stack_max);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 2 ||
        strncmp(text, "runtime: goroutine ", 19) != 0 ||
        strstr(text, limit) == NULL ||
        strstr(text, "\nfatal error: stack overflow\n") == NULL) {
        printf("round %d (way %d, stack %zu, frame %zu): status %#x\n%s\n",
               round, way, stack_max, frame_bytes, status, text);
        exit(1);
    }
    for (int i = 0; i < NEIGHBOURS; i++)
        for (size_t k = 0; k < shared->bytes; k++)
            if (shared->is[i][k] != shared->was[i][k]) {
                printf("round %d (way %d, stack %zu, frame %zu): neighbour %d "
                       "was damaged at %zu of %zu\n", round, way, stack_max,
                       frame_bytes, i, k, shared->bytes);
                exit(1);
            }
}

static void
many(void)
{
    const char *rounds = getenv("CHECK_ROUNDS");

    shared_fd = memfd_create("stacks", 0);
    REQUIRE(shared_fd >= 0 && ftruncate(shared_fd, sizeof(*shared)) == 0);
    shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED,
                  shared_fd, 0);
    REQUIRE(shared != MAP_FAILED);
    for (int i = 0; i < (rounds != NULL ? atoi(rounds) : 1000); i++)
        one_of_many(i);
}

// ---- fork ------------------------------------------------------------------

// The child's copy of a stack has its guard, and is its own.
static int
forks(int argc, char **argv)
{
    volatile int mine = 1;
    int status;
    pid_t child = fork();

    (void)argc;
    (void)argv;
    REQUIRE(child >= 0);
    if (child == 0) {
        mine = 2;
        close(2);
        overflows(64);
        _exit(0);
    }
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status) ? WTERMSIG(status) == SIGSEGV
                                : WEXITSTATUS(status) == 2);
    REQUIRE(mine == 1);
    go(nothing);
    wait_for_others();
    return mine;
}

static void
fork_in_the_middle(void)
{
    REQUIRE(go_run(forks, 0, NULL) == 1);
}

static const struct {
    const char *name;
    void (*fn)(void);
    int (*go_main)(int, char **);
} scenarios[] = {
    { "main", NULL, main_overflows },
    { "plain", NULL, plain_overflows },
    { "named", NULL, named_overflows },
    { "no-arguments", NULL, no_arguments },
    { "coroutine", NULL, coroutine_overflows },
    { "libc", NULL, libc_overflows },
    { "beside-another", NULL, beside_another },
    { "outside", outside_a_run, NULL },
    { "outside-later", outside_later, NULL },
    { "earlier-info", earlier_info, NULL },
    { "earlier-plain", earlier_plain, NULL },
    { "earlier-default", earlier_default, NULL },
    { "earlier-ignores", earlier_ignores, NULL },
    { "earlier-repairs", earlier_repairs, NULL },
    { "guard-of-another", NULL, bad_address_in_guard },
    { "handlers-come-back", handlers_come_back, NULL },
    { "regions", NULL, kind_is_regions },
    { "pages", NULL, kind_is_pages },
    { "canary", NULL, kind_is_canary },
    { "canary-dies", NULL, canary_dies },
    { "coroutine-canary-dies", coroutine_canary_dies, NULL },
    { "many", many, NULL },
    { "fork", fork_in_the_middle, NULL },
};

int
main(int argc, char **argv)
{
    const char *guard = getenv("GUARD");

    if (guard != NULL)
        older_kernel(strcmp(guard, "canary") == 0);
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            if (scenarios[i].go_main != NULL)
                return go_run(scenarios[i].go_main, argc, argv);
            scenarios[i].fn();
            return 0;
        }
    fprintf(stderr, "02-stack_overflow: which scenario?\n");
    return 2;
}
