/** @file faults.c  A world that answers as tests want it to (FAULTS=1).
 *
 *     GO_FAULT=NAME:N:ERROR     the N-th call of world.NAME fails, with ERROR
 *                               in errno: ENOMEM, or 12. N+ means that call
 *                               and all later ones. More of them follow after
 *                               commas. ERROR 0, of futex_wait: it returns 0.
 *     GO_FAULT_LOG=FILE         a fault adds its line to FILE when it happens
 *                               for the first time
 *     GO_WORLD_DIR=DIR          read_file reads below DIR, and nowhere else
 *     GO_WORLD_PROCESSORS=N     processors() is N
 *     GO_WORLD_PAGE_SIZE=BYTES  a page is that large: 4096 to 65536
 *
 * A call that fails does nothing. Only futex_wake wakes all the same: Linux
 * has no reason not to, and a program that it did not wake would rightly sleep
 * for ever.
 *
 * What is not understood ends the process, with status 3: a test that is
 * written wrong must not pass.
 */
#include <stdbool.h>
#include <string.h>

#include "atomic.h"
#include "world.h"

enum call {
    CALL_MAP, CALL_GUARD, CALL_UNMAP, CALL_RESERVE, CALL_GUARD_REGIONS,
    CALL_DISCARD, CALL_RESIDENT, CALL_SIGNAL_STACK, CALL_ON_SIGNAL, CALL_RANDOM,
    CALL_FUTEX_WAIT, CALL_FUTEX_WAKE, CALL_THREAD, CALL_READ_FILE,
    CALL_MAP_FILE, CALL_PROGRAM, CALL_ALLOC, CALL_FENCE_ALL,
    CALLS
};

static const char *const names[CALLS] = {
    "map", "guard", "unmap", "reserve", "guard_regions", "discard", "resident",
    "signal_stack", "on_signal", "random", "futex_wait", "futex_wake", "thread",
    "read_file", "map_file", "program", "alloc", "fence_all",
};

enum { MAX_FAULTS = 16 };

// Constant from the start of the program on, but for happened.
static struct fault {
    enum call call;
    unsigned long nth;
    bool later;                 // and those after it
    int error;
    ATOMIC(bool) happened;
} fault[MAX_FAULTS];
static int faults;

static const char *dir;
static size_t page;
static int processors;

static ATOMIC(unsigned long) calls[CALLS];

// ---- What is wanted --------------------------------------------------------

static _Noreturn void
refuse(const char *name, const char *value)
{
    dprintf(STDERR_FILENO, "faults: what is %s=%s?\n", name, value);
    _exit(3);
}

static int
error_number(const char *text)
{
    char *end;
    long n = strtol(text, &end, 10);

    if (end != text && *end == '\0' && n >= 0 && n < 4096)
        return (int)n;
    for (int i = 1; i < 256; i++)
        if (strerrorname_np(i) != NULL && strcmp(strerrorname_np(i), text) == 0)
            return i;
    return -1;
}

// NAME:N:ERROR. False if it is not that.
static bool
parse(char *text, struct fault *f)
{
    char *n = strchr(text, ':');
    char *error = n != NULL ? strchr(n + 1, ':') : NULL;
    char *end;
    int call = 0;

    if (error == NULL)
        return false;
    *n++ = '\0';
    *error++ = '\0';
    while (call < CALLS && strcmp(text, names[call]) != 0)
        call++;
    f->call = (enum call)call;
    f->nth = strtoul(n, &end, 10);
    f->later = *end == '+';
    f->error = error_number(error);
    return call < CALLS && f->nth > 0 && *(end + f->later) == '\0' &&
           (f->error > 0 || (f->error == 0 && f->call == CALL_FUTEX_WAIT));
}

static long
setting(const char *name, long min, long max)
{
    const char *text = getenv(name);
    char *end;
    long n = text != NULL ? strtol(text, &end, 10) : 0;

    if (text != NULL && (*text == '\0' || *end != '\0' || n < min || n > max))
        refuse(name, text);
    return n;
}

__attribute__((constructor)) static void
read_wishes(void)
{
    const char *wishes = getenv("GO_FAULT");
    char text[1024], *rest;

    dir = getenv("GO_WORLD_DIR");
    processors = (int)setting("GO_WORLD_PROCESSORS", 1, 1 << 20);
    page = (size_t)setting("GO_WORLD_PAGE_SIZE", 4096, 65536);
    if (page == 0)
        page = usual_world.page_size();
    if ((page & (page - 1)) != 0 || page % usual_world.page_size() != 0)
        refuse("GO_WORLD_PAGE_SIZE", getenv("GO_WORLD_PAGE_SIZE"));
    if (wishes == NULL)
        return;
    if (strlen(wishes) >= sizeof(text))
        refuse("GO_FAULT", wishes);
    strcpy(text, wishes);
    for (char *wish = strtok_r(text, ",", &rest); wish != NULL;
         wish = strtok_r(NULL, ",", &rest))
        if (faults == MAX_FAULTS || !parse(wish, &fault[faults++]))
            refuse("GO_FAULT", wishes);
}

// ---- What happens ----------------------------------------------------------

static void
tell(const struct fault *f)
{
    const char *path = getenv("GO_FAULT_LOG");
    int fd = path != NULL ? open(path, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;

    if (fd < 0)
        return;
    dprintf(fd, "%s:%lu%s:%d\n", names[f->call], f->nth, f->later ? "+" : "",
            f->error);
    close(fd);
}

// Whether this call is one that fails. Then errno says why.
static bool
fails(enum call call)
{
    unsigned long n = atomic_add(&calls[call], 1);

    for (int i = 0; i < faults; i++) {
        struct fault *f = &fault[i];

        if (f->call != call || n < f->nth || (n > f->nth && !f->later))
            continue;
        if (!atomic_swap(&f->happened, true))
            tell(f);
        errno = f->error;
        return true;
    }
    return false;
}

// Memory that begins, and ends, with a page of the size that is wanted.
static void *
on_page(void *(*map)(size_t), size_t bytes)
{
    const size_t size = (bytes + page - 1) & -page;
    const size_t extra = page - usual_world.page_size();
    char *p = map(size + extra);

    if (p == NULL || extra == 0)
        return p;

    const size_t before = -(uintptr_t)p & (page - 1);

    if (before > 0)
        usual_world.unmap(p, before);
    if (before < extra)
        usual_world.unmap(p + before + size, extra - before);
    return p + before;
}

static void *
faults_map(size_t bytes)
{
    return fails(CALL_MAP) ? NULL : on_page(usual_world.map, bytes);
}

static void *
faults_reserve(size_t bytes)
{
    return fails(CALL_RESERVE) ? NULL : on_page(usual_world.reserve, bytes);
}

static void *
faults_alloc(size_t bytes)
{
    return fails(CALL_ALLOC) ? NULL : usual_world.alloc(bytes);
}

static int
faults_guard(void *at, size_t bytes)
{
    return fails(CALL_GUARD) ? -1 : usual_world.guard(at, bytes);
}

static int
faults_unmap(void *pages, size_t bytes)
{
    return fails(CALL_UNMAP) ? -1
                        : usual_world.unmap(pages, (bytes + page - 1) & -page);
}

static size_t
faults_page_size(void)
{
    return page;
}

static int
faults_guard_regions(const struct iovec *place, int n)
{
    return fails(CALL_GUARD_REGIONS) ? -1 : usual_world.guard_regions(place, n);
}

static int
faults_discard(void *pages, size_t bytes)
{
    return fails(CALL_DISCARD) ? -1 : usual_world.discard(pages, bytes);
}

static int
faults_resident(void *pages, size_t bytes, unsigned char *resident)
{
    if (fails(CALL_RESIDENT))
        return -1;
    for (size_t i = 0; i < bytes; i += page) {
        unsigned char part[65536 / 4096];

        if (usual_world.resident((char *)pages + i, page, part) != 0)
            return -1;
        resident[i / page] = 0;
        for (size_t k = 0; k < page / usual_world.page_size(); k++)
            resident[i / page] |= part[k];
    }
    return 0;
}

static int
faults_signal_stack(const stack_t *stack, stack_t *old)
{
    return fails(CALL_SIGNAL_STACK) ? -1 : usual_world.signal_stack(stack, old);
}

static int
faults_on_signal(int sig, const struct sigaction *action, struct sigaction *old)
{
    return fails(CALL_ON_SIGNAL) ? -1 : usual_world.on_signal(sig, action, old);
}

static int
faults_random(void *buf, size_t bytes)
{
    return fails(CALL_RANDOM) ? -1 : usual_world.random(buf, bytes);
}

static int
faults_futex_wait(uint32_t *word, uint32_t value, int64_t ns)
{
    if (fails(CALL_FUTEX_WAIT))
        return errno != 0 ? -1 : 0;
    return usual_world.futex_wait(word, value, ns);
}

static int
faults_futex_wake(uint32_t *word, int n)
{
    int woken = usual_world.futex_wake(word, n);

    return fails(CALL_FUTEX_WAKE) ? -1 : woken;
}

static int
faults_fence_all(void)
{
    return fails(CALL_FENCE_ALL) ? -1 : usual_world.fence_all();
}

static int
faults_thread(void *(*fn)(void *), void *arg)
{
    return fails(CALL_THREAD) ? -1 : usual_world.thread(fn, arg);
}

static int
faults_processors(void)
{
    return processors != 0 ? processors : usual_world.processors();
}

static ssize_t
faults_read_file(const char *path, char *buf, size_t bytes)
{
    char below[4096];

    if (fails(CALL_READ_FILE))
        return -1;
    if (dir == NULL)
        return usual_world.read_file(path, buf, bytes);
    snprintf(below, sizeof(below), "%s%s", dir, path);
    return usual_world.read_file(below, buf, bytes);
}

static const void *
faults_map_file(const char *path, size_t *bytes)
{
    *bytes = 0;
    return fails(CALL_MAP_FILE) ? NULL : usual_world.map_file(path, bytes);
}

static ssize_t
faults_program(char *path, size_t bytes)
{
    return fails(CALL_PROGRAM) ? -1 : usual_world.program(path, bytes);
}

const struct usual_world world = {
    .map        = faults_map,
    .alloc      = faults_alloc,
    .free       = world_free,
    .guard      = faults_guard,
    .unmap      = faults_unmap,
    .reserve    = faults_reserve,
    .page_size  = faults_page_size,
    .guard_regions = faults_guard_regions,
    .discard    = faults_discard,
    .resident   = faults_resident,
    .signal_frame = world_signal_frame,
    .signal_stack = faults_signal_stack,
    .signal_mask = world_signal_mask,
    .signal_thread = world_signal_thread,
    .shadow_stack = world_shadow_stack,
    .auxiliary  = world_auxiliary,
    .on_signal  = faults_on_signal,
    .environment = world_environment,
    .cpu        = world_cpu,
    .now        = world_now,
    .now_coarse = world_now_coarse,
    .random     = faults_random,
    .futex_wait = faults_futex_wait,
    .futex_wake = faults_futex_wake,
    .thread     = faults_thread,
    .thread_id  = world_thread_id,
    .thread_computed = world_thread_computed,
    .give_way   = world_give_way,
    .fence_all  = faults_fence_all,
    .processors = faults_processors,
    .read_file  = faults_read_file,
    .map_file   = faults_map_file,
    .program    = faults_program,
    .write      = world_write,
    .exit       = world_exit,
};
