/** @file trace.c  What happened, in order (TRACE=1).
 *
 * The file that GO_TRACE names is mapped into memory, and each event is written
 * there at once, as a line of its own. So writing one costs no call of the
 * kernel, takes no lock, and may be done anywhere; and what was written stays,
 * however the process ends. A line, filled up with blanks, says:
 *
 *     when  m  p  who  what  about  how
 *
 *     18250 m1 p1 g4   new   g7     ring.c:33 pass
 *
 * `when` is in nanoseconds since the start. `m` and `p` are the thread, and the
 * p that it had, and `who` is the goroutine (g4), the coroutine (c0), or the
 * thread's own stack (m1: its g0, the scheduler) that did it. "-" stands for
 * none, and for a thread that runs no goroutines. `what` is one of these:
 *
 *     thread m1            the runtime sees this thread for the first time
 *     new    g7 SITE NAME  a goroutine is made, and can run. NAME is its own,
 *                          or that of its function
 *     new    c0            a coroutine is made
 *     ready  g7            g7, which was parked, can run
 *     queue  g7 local      it waits in the queue of this p
 *     queue  g7 global     it waits in the queue that all share
 *     run    g7            it runs, here and from now on
 *     stop   g7 gosched    it lets others go first, and can run
 *     stop   g7 park WHY   it waits for something
 *     stop   g7 exit       it has ended
 *     stop   c0 yield      its resumer goes on; the same with `exit`
 *     free   c0            it is freed, though it has not ended
 *     idle   p1            p1 has nothing to do
 *     busy   p1            p1, which was idle, is taken, for whatever thread
 *     sleep  m1            this thread sleeps until it is woken. What it does
 *                          next shows that it was
 *     wake   m1 p0         it is woken, and given a p (or "-")
 *
 * The lines stand in the order in which things happened: what one thread did
 * because of another stands below it. Clocks are read a little before, so two
 * threads' times may disagree with the order by some nanoseconds.
 *
 * Ids begin anew with each go_run: goroutine 7 of the second one is g7.2.
 *
 * A line that begins with # is a remark. If there is no room for more events,
 * the last one says so. If the process did not come to its end, what is left of
 * the file are zeros.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gstatus.h"

enum { LINE = 128, MOST = 1 << 16 };

static char *map;                   // MOST lines; NULL: nothing is recorded
static int64_t start;
static ATOMIC(long) lines;          // that are taken
static ATOMIC(unsigned) threads, coroutines, runs;

// ---- A line ----------------------------------------------------------------

// A line while it is written: by hand, since printf takes longer than most of
// what is recorded.
struct line {
    size_t n;
    char text[LINE];
};

static void
add_char(struct line *l, char c)
{
    if (l->n < LINE - 1)
        l->text[l->n++] = c;
}

static void
add(struct line *l, const char *text)
{
    for (; *text != '\0'; text++)
        add_char(l, *text == '\n' ? ' ' : *text);
}

static void
add_number(struct line *l, uint64_t value)
{
    char digits[20];
    int n = 0;

    do
        digits[n++] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    while (n > 0)
        add_char(l, digits[--n]);
}

static void
add_name(struct line *l, char kind, uint64_t number)
{
    add_char(l, kind);
    add_number(l, number);
}

static bool
is_thread(const struct g *gp)
{
    return gp->m != NULL && gp == &gp->m->g0;
}

static void
add_g(struct line *l, const struct g *gp)
{
    if (is_thread(gp))
        add_name(l, 'm', gp->traced);
    else if (gp->id == 0)
        add_name(l, 'c', gp->traced);
    else
        add_name(l, 'g', gp->id);
    if (gp->id != 0 && gp->traced > 1) {
        add_char(l, '.');
        add_number(l, gp->traced);
    }
}

static void
add_p(struct line *l, const struct p *p)
{
    int number = trace_number(p);

    if (number < 0)
        add_char(l, '-');
    else
        add_name(l, 'p', (uint64_t)number);
}

// Everything up to `about`.
static void
begin(struct line *l, const struct m *mp, const struct g *who, const char *what)
{
    l->n = 0;
    add_number(l, (uint64_t)(world.now() - start));
    add_char(l, ' ');
    if (mp != NULL)
        add_name(l, 'm', mp->g0.traced);
    else
        add_char(l, '-');
    add_char(l, ' ');
    add_p(l, mp != NULL ? mp->p : NULL);
    add_char(l, ' ');
    if (who != NULL)
        add_g(l, who);
    else
        add_char(l, '-');
    add_char(l, ' ');
    add(l, what);
    add_char(l, ' ');
}

// begin, for whoever runs on this thread. While one goroutine has left and the
// next has not gone on, that is the thread itself, whatever stack it stands on.
static void
begin_here(struct line *l, const char *what)
{
    const struct g *who = getg();
    struct m *mp = who != NULL ? who->m : NULL;

    if (who != NULL && g_status(who) != G_RUNNING)
        who = &mp->g0;
    begin(l, mp, who, what);
}

static void
end(struct line *l)
{
    long at = atomic_add(&lines, 1) - 1;

    if (at >= MOST)
        return;
    if (at == MOST - 1) {
        l->n = 0;
        add(l, "# There is no room here for what came then.");
    }
    memset(l->text + l->n, ' ', LINE - l->n);
    l->text[LINE - 1] = '\n';
    memcpy(map + at * LINE, l->text, LINE);
}

// ---- What happens ----------------------------------------------------------

static const char *
base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static void
add_site(struct line *l, const struct g *gp)
{
    if (gp->site == NULL) {
        add(l, " - main");
        return;
    }
    add_char(l, ' ');
    add(l, base(gp->site->file));
    add_char(l, ':');
    add_number(l, (uint64_t)gp->site->line);
    add_char(l, ' ');
    add(l, gp->name != NULL ? gp->name : gp->site->callee);
}

// A goroutine can run. Is it a new one?
static void
runnable(struct g *gp)
{
    struct line l;
    bool new = gp->traced == 0;

    if (new)
        gp->traced = gp->id == 1 ? atomic_add(&runs, 1) : atomic_load(&runs);
    begin_here(&l, new ? "new" : "ready");
    add_g(&l, gp);
    if (new)
        add_site(&l, gp);
    end(&l);
}

static void
stopped(struct line *l, const struct g *gp, enum g_status to)
{
    if (to == G_DEAD) {
        add(l, " exit");
    } else if (to == G_RUNNABLE) {
        add(l, " gosched");
    } else if (gp->id == 0) {
        add(l, " yield");
    } else {
        add(l, " park ");
        add(l, wait_reason(gp->why));
    }
}

// gp goes from `from` to `to` now.
void
trace_status(struct g *gp, enum g_status from, enum g_status to)
{
    const bool coroutine = gp->id == 0 && gp->top == NULL;
    struct line l;

    if (map == NULL)
        return;
    if (is_thread(gp)) {
        gp->traced = atomic_add(&threads, 1) - 1;
        begin(&l, gp->m, gp, "thread");
    } else if (to == G_WAITING && from != G_RUNNING) {
        // A goroutine is not complete yet: see runnable.
        gp->traced = coroutine ? atomic_add(&coroutines, 1) - 1 : 0;
        if (!coroutine)
            return;
        begin_here(&l, "new");
    } else if (to == G_RUNNABLE && from == G_WAITING) {
        runnable(gp);
        return;
    } else {
        begin_here(&l, to == G_RUNNING ? "run" : from == G_RUNNING ? "stop" : "free");
    }
    add_g(&l, gp);
    if (from == G_RUNNING)
        stopped(&l, gp, to);
    end(&l);
}

static void
queued(const struct g *gp, const char *where)
{
    struct line l;

    begin_here(&l, "queue");
    add_g(&l, gp);
    add(&l, where);
    end(&l);
}

void
trace_local(const struct g *gp)
{
    if (map != NULL)
        queued(gp, " local");
}

void
trace_global(const struct g *first, uint32_t n)
{
    if (map != NULL)
        for (; n > 0; n--, first = first->next)
            queued(first, " global");
}

static void
changed(const struct p *p, const char *what)
{
    struct line l;

    if (map == NULL)
        return;
    begin_here(&l, what);
    add_p(&l, p);
    end(&l);
}

void
trace_idle(const struct p *p)
{
    changed(p, "idle");
}

void
trace_busy(const struct p *p)
{
    changed(p, "busy");
}

void
trace_sleep(void)
{
    struct line l;

    if (map == NULL)
        return;
    begin_here(&l, "sleep");
    add_g(&l, &getg()->m->g0);
    end(&l);
}

void
trace_wake(const struct m *mp, const struct p *p)
{
    struct line l;

    if (map == NULL)
        return;
    begin_here(&l, "wake");
    add_g(&l, &mp->g0);
    add_char(&l, ' ');
    add_p(&l, p);
    end(&l);
}

// ---- The file --------------------------------------------------------------

static int fd = -1;

// What a child does after fork is not told: the memory is its parent's.
static void
forked(void)
{
    map = NULL;
}

__attribute__((constructor)) static void
trace_open(void)
{
    struct line l = { 0 };
    const char *path = world.environment("GO_TRACE");

    if (path == NULL || *path == '\0')
        return;
    // (Populated, so that no event pays for a page that is touched first.)
    fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

    void *p = fd >= 0 && ftruncate(fd, MOST * LINE) == 0
                  ? mmap(NULL, MOST * LINE, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_POPULATE, fd, 0)
                  : MAP_FAILED;

    if (p == MAP_FAILED)
        fprintf(stderr, "GO_TRACE=%s: nothing is recorded: %s\n", path, strerror(errno));
    if (p == MAP_FAILED)
        return;
    map = p;
    start = world.now();
    pthread_atfork(NULL, NULL, forked);
    add(&l, "# when m p who what about how");
    end(&l);
}

// Cut off what was not needed. Who takes a line from now on has none; and a
// line that was taken before is within the file.
__attribute__((destructor)) static void
trace_close(void)
{
    if (map == NULL)
        return;

    long n = atomic_swap(&lines, MOST);

    if (n < MOST && ftruncate(fd, n * LINE) != 0)
        perror("GO_TRACE");
}
