/** @file 03-gmp_explore-park.c  One goroutine parks while another one makes it
 * ready, on two p's.
 */
#include <string.h>

#include "explore.h"
#include "gstatus.h"
#include "lock.h"
#include "runtime.h"

static struct lock door;        // protects:
static struct g *waits;         // who waits, or NULL
static bool open;

static int went_on;
static bool ready;              // somebody has made it so

// Wait until the door is open.
static void
enters(void)
{
    lock(&door);
    if (open) {
        unlock(&door);
    } else {
        waits = getg();
        g_park(&door, WAIT_NOTHING);
        EXPLORE_EXPECT(ready, "A parked goroutine goes on, and nobody has made it ready.",
                       "It is G_WAITING and on no run queue, until somebody "
                       "takes it off its wait list and calls g_ready.");
    }
    went_on++;
}

static void
opens(void)
{
    lock(&door);
    open = true;

    struct g *gp = waits;

    waits = NULL;
    unlock(&door);
    if (gp != NULL) {
        ready = true;
        g_ready(gp);
    }
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup both = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&both, enters);
    go_waitgroup_go(&both, opens);
    go_waitgroup_wait(&both);
    return went_on;
}

static void
one_opens(void)
{
    EXPLORE_EXPECT(go_run(go_main, 0, NULL) == 1, "A goroutine went on twice.", NULL);
}

static void
explain(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_TWICE:
        if (strstr(f->what, "twice") != NULL)
            f->why = "Who parks is on a wait list, and nowhere else. Whoever "
                     "takes it off puts it on a run queue, by g_ready.";
        else if (strstr(f->what, "ended") != NULL)
            f->why = "It has not ended, it waits: G_WAITING, until somebody "
                     "calls g_ready.";
        else
            f->why = "Once the lock is free, another thread may take the "
                     "goroutine off its list and call g_ready. It must be "
                     "G_WAITING by then.";
        break;
    case EXPLORE_FREED:
        f->why = "It has not ended, it waits: G_WAITING, until somebody calls "
                 "g_ready.";
        break;
    case EXPLORE_DEADLOCK:
    case EXPLORE_LOST_WAKEUP:
    case EXPLORE_NEVER_ENDS:
        f->what = "The lock that a goroutine came with is not released.";
        f->why = "Whoever parks has the lock (gp->parked_on), and cannot release "
                 "it before it has left its stack. So g0 does, after it.";
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "park", .body = one_opens, .explain = explain, .procs = 1,
          .bound = 1 },
        { .name = "park-two", .body = one_opens, .explain = explain, .procs = 2,
          .bound = 1, .samples = 2000 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
