/** @file traceback.c  What goroutines are doing, written for people.
 *
 *     goroutine 7 "reader" [sync.WaitGroup.Wait, 3 minutes]:
 *     go_waitgroup_wait(...)
 *     	/usr/local/lib/libgoroutine.so.0+0x3a40
 *     work(...)
 *     	program.c:42 +0x1d
 *     created by start in goroutine 1
 *     	program.c:31
 *
 * Go's form. Where a file has no lines (it was compiled without -g, or they
 * were stripped or compressed) there is an address: addr2line -e may make a
 * line of it elsewhere.
 *
 * A stack is walked by whoever stands on it, with the tables that the compiler
 * writes for exceptions. For a parked goroutine that means: it is continued,
 * with a call of ours in between (gobuf_interpose). Nothing else can read the
 * stack of a function without frame pointers.
 *
 * Mirrors Go's runtime/traceback.go.
 */
#include <stdio.h>
#include <string.h>
#include <unwind.h>

#include "gstatus.h"
#include "stack.h"

#include "interpose.h"
#include "proc.h"
#include "symbol.h"
#include "traceback.h"

enum {
    TOP = 50, BOTTOM = 50,      // frames of a deep stack that are shown (Go's)
    NEAR = 16,                  // frames of the runtime itself, or fewer
    WALK_ROOM = 8 << 10,        // bytes of stack that a walk takes, at most
};

// ---- How much --------------------------------------------------------------

enum traceback_level
traceback_level(void)
{
    static const struct { const char *word; enum traceback_level level; } all[] = {
        { "none", TRACEBACK_NONE },     { "0", TRACEBACK_NONE },
        { "single", TRACEBACK_SINGLE }, { "", TRACEBACK_SINGLE },
        { "all", TRACEBACK_ALL },       { "1", TRACEBACK_ALL },
        { "system", TRACEBACK_SYSTEM }, { "2", TRACEBACK_SYSTEM },
        { "crash", TRACEBACK_CRASH },
    };
    const char *word = world.environment("GOTRACEBACK");

    for (unsigned i = 0; word != NULL && i < sizeof(all) / sizeof(all[0]); i++)
        if (strcmp(word, all[i].word) == 0)
            return all[i].level;
    return word == NULL ? TRACEBACK_SINGLE : TRACEBACK_ALL;
}

// ---- Walking ---------------------------------------------------------------

struct frame {
    uintptr_t pc;               // where it goes on
    uintptr_t at;               // within the instruction that it is at: a return
                                // address may be the first of the next function
};

static struct walk {
    uintptr_t from;             // frames before this pc do not count, unless 0
    void *end;                  // the function where the runtime's own begin
    bool no_room;
    size_t n;
    struct frame top[TOP];
    struct frame bottom[BOTTOM];    // the last ones, in a ring
} walk;

static _Unwind_Reason_Code
add_frame(struct _Unwind_Context *context, void *arg)
{
    int before = 0;
    const uintptr_t pc = _Unwind_GetIPInfo(context, &before);
    const struct frame f = { .pc = pc, .at = pc - !before };

    (void)arg;
    // The entry has no caller.
    if (pc == 0)
        return _URC_END_OF_STACK;
    if (walk.from != 0) {
        if (pc != walk.from)
            return _URC_NO_REASON;
        walk.from = 0;
    }
    if (_Unwind_FindEnclosingFunction((void *)f.at) == walk.end)
        return _URC_END_OF_STACK;
    if (walk.n < TOP)
        walk.top[walk.n] = f;
    else
        walk.bottom[walk.n % BOTTOM] = f;
    walk.n++;
    return _URC_NO_REASON;
}

// What every stack begins with is shown at level "system" only. gp is the
// goroutine, or the coroutine that it resumed.
static void *
end_of(const struct g *gp)
{
    return traceback_level() < TRACEBACK_SYSTEM ? (void *)gp->fn : NULL;
}

static struct gobuf home, nowhere;

// Runs on the stack that is to be walked, in place of what comes next there.
HOOKS_SWITCH static void
walk_here(void)
{
    walk.from = (uintptr_t)__builtin_return_address(0);
    _Unwind_Backtrace(add_frame, NULL);
    gobuf_switch(&nowhere, &home, NULL);
}

// Walk the stack of gp, which does not run, and never will again.
HOOKS_SWITCH static void
walk_other(struct g *gp)
{
    struct g *top = gp->top;

    walk = (struct walk){ 0 };
    if (top == NULL)                    // it has no stack yet (chapter 4)
        return;

    struct gobuf buf = top->sched;

    walk.end = end_of(top);
    if (gobuf_is_new(&buf))
        return;
    if (buf.sp - top->stack.lo < WALK_ROOM) {
        walk.no_room = true;
        return;
    }
    gobuf_interpose(&buf, walk_here);
    gobuf_switch(&home, &buf, NULL);
}

// ---- Writing ---------------------------------------------------------------

static bool
starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

// Where the frames begin that concern the user: with the public function that
// led into the runtime, if one is near the top. (A compiler that optimises has
// it jump to the next function, and then it has no frame.) The goroutine's own
// function, which may be called go_main, is the user's, and so are those that
// it has called.
static size_t
first_of_interest(const struct g *gp)
{
    struct symbol s;
    size_t first = 0;

    if (traceback_level() >= TRACEBACK_SYSTEM)
        return 0;
    for (size_t i = 0; i < NEAR && i < walk.n && i < TOP; i++) {
        if (_Unwind_FindEnclosingFunction((void *)walk.top[i].at) ==
            (void *)gp->start)
            break;
        if (!symbol_find(walk.top[i].at, &s))
            continue;
        // What ends with _ is called by a macro: nobody has written it.
        if (starts_with(s.name, "go_"))
            return i + (s.name[strlen(s.name) - 1] == '_');
        // It did not ask: it was made to stop (chapter 5).
        if (strcmp(s.name, "preempt_async") == 0)
            return i + 1;
        // All that do not run stand there.
        if (strcmp(s.name, "g_switch") == 0)
            first = i + 1;
    }
    return first;
}

static void
say_frame(struct frame f)
{
    struct symbol s;

    if (!symbol_find(f.at, &s))
        say("?(...)\n\t%#lx\n", (unsigned long)f.at);
    else if (s.name[0] != '\0' && s.line.file[0] != '\0')
        say("%s(...)\n\t%s:%u +0x%lx\n", s.name, s.line.file, s.line.number,
            (unsigned long)(s.address + (f.pc - f.at) - s.start));
    else
        say("%s(...)\n\t%s+0x%lx\n", s.name[0] != '\0' ? s.name : "?",
            s.object, (unsigned long)s.address);
}

static void
say_frames(const struct g *gp)
{
    // It has not begun, or its function went over into another (a tail call).
    if (walk.n == 0 && gp->site != NULL)
        say("%s(...)\n", gp->site->callee);
    if (walk.no_room)
        say("\tits stack is too full to be walked\n");
    for (size_t i = first_of_interest(gp); i < walk.n && i < TOP; i++)
        say_frame(walk.top[i]);
    if (walk.n > TOP + BOTTOM)
        say("...%zu frames elided...\n", walk.n - TOP - BOTTOM);
    for (size_t i = walk.n > TOP + BOTTOM ? walk.n - BOTTOM : TOP; i < walk.n; i++)
        say_frame(walk.bottom[i % BOTTOM]);
}

void
traceback_created(const struct g *gp)
{
    if (gp->site != NULL)
        say("created by %s in goroutine %llu\n\t%s:%d\n", gp->site->function,
            (unsigned long long)gp->parent, gp->site->file, gp->site->line);
}

static void
say_header(const struct g *gp)
{
    enum g_status status = g_status(gp);
    const char *state = status == G_RUNNING    ? "running"
                        : status == G_RUNNABLE ? "runnable"
                                               : wait_reason(gp->why);
    int64_t minutes = 0;
    char waited[32] = "";
    char name[80] = "";

    if (status == G_WAITING)
        minutes = (world.now_coarse() - gp->since) / 60000000000;
    if (minutes >= 1)
        snprintf(waited, sizeof(waited), ", %lld minutes", (long long)minutes);
    if (gp->name != NULL)
        snprintf(name, sizeof(name), " \"%s\"", gp->name);
    say("goroutine %llu%s [%s%s%s]:\n", (unsigned long long)gp->id, name, state,
        waited, gp->locked_m != NULL ? ", locked to thread" : "");
}

// The goroutine that this thread runs, or was interrupted in; NULL for none.
static struct g *
self(void)
{
    struct g *gp = getg();

    return gp != NULL ? gp->m->curg : NULL;
}

static void
say_self(uintptr_t pc)
{
    walk = (struct walk){ .from = pc, .end = end_of(getg()) };
    _Unwind_Backtrace(add_frame, NULL);
    say("\n");
    say_header(self());
    say_frames(self());
    traceback_created(self());
}

static void
say_other(struct g *gp)
{
    say("\n");
    say_header(gp);
    if (g_status(gp) == G_RUNNING) {
        say("\tgoroutine running on other thread; stack unavailable\n");
    } else {
        walk_other(gp);
        say_frames(gp);
    }
    traceback_created(gp);
}

// ---- All of them -----------------------------------------------------------

// Goroutines, in the order of their ids.
struct list {
    struct g **gp;
    size_t n, room;
};

static bool
is_goroutine(const struct g *gp)
{
    enum g_status status = g_status(gp);

    return gp->id != 0 && (status == G_RUNNABLE || status == G_RUNNING ||
                           status == G_WAITING);
}

static void
count(struct g *gp, void *list)
{
    ((struct list *)list)->room += is_goroutine(gp);
}

static void
collect(struct g *gp, void *arg)
{
    struct list *list = arg;

    if (is_goroutine(gp) && gp != self() && list->n < list->room)
        list->gp[list->n++] = gp;
}

// Let list->gp[i] sink to its place in the heap of the first n: each is no
// less than the two below it. (qsort would ask malloc, which may be broken.)
static void
sink(struct list *list, size_t i, size_t n)
{
    struct g *gp = list->gp[i];

    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        if (child + 1 < n && list->gp[child + 1]->id > list->gp[child]->id)
            child++;
        if (list->gp[child]->id <= gp->id)
            break;
        list->gp[i] = list->gp[child];
    }
    list->gp[i] = gp;
}

static void
sort(struct list *list)
{
    for (size_t i = list->n / 2; i-- > 0;)
        sink(list, i, list->n);
    for (size_t n = list->n; n-- > 1;) {
        struct g *last = list->gp[0];

        list->gp[0] = list->gp[n];
        list->gp[n] = last;
        sink(list, 0, n);
    }
}

static void
say_unsorted(struct g *gp, void *arg)
{
    (void)arg;
    if (is_goroutine(gp) && gp != self())
        say_other(gp);
}

static void
say_others(void)
{
    struct list list = { 0 };

    g_each(count, &list);
    list.gp = world.map(list.room * sizeof(struct g *) + 1);
    if (list.gp == NULL) {
        g_each(say_unsorted, NULL);
        return;
    }
    g_each(collect, &list);
    sort(&list);
    // Those that run on other threads may have ended meanwhile.
    for (size_t i = 0; i < list.n; i++)
        if (is_goroutine(list.gp[i]))
            say_other(list.gp[i]);
}

void
traceback_self_at(uintptr_t pc)
{
    if (self() != NULL)
        say_self(pc);
}

void
traceback_all_at(uintptr_t pc)
{
    // They go on in the parent.
    if (goroutine_is_forked())
        return;
    proc_freeze();
    traceback_self_at(pc);
    say_others();
}
