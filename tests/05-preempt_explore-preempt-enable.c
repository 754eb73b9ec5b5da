/** @file 05-preempt_explore-preempt-enable.c  go_preempt_enable undoes one
 * go_preempt_disable, and grants what was asked for meanwhile.
 */
#include "explore.h"
#include "preempt.h"

static bool ran;                // the other goroutine

static void
runs(void)
{
    ran = true;
}

// It is disabled `argc` times; another goroutine is ready, on the only p.
static int
main_enables(int argc, char **argv)
{
    struct go_waitgroup one = {0};
    struct g *gp = getg();
    const bool asked = argv != NULL;

    for (int i = 0; i < argc; i++)
        go_preempt_disable();
    go_waitgroup_go(&one, runs);
    if (asked)
        preempt_request(gp->m->p);
    for (int left = argc - 1; left >= 0; left--) {
        go_preempt_enable();
        EXPLORE_EXPECT(gp->no_preempt == (unsigned)left,
                       "One go_preempt_enable does not undo one go_preempt_disable.",
                       "Who is called by a function that has disabled it may do "
                       "so again: it is counted.");
        if (left > 0)
            EXPLORE_EXPECT(!ran, "A goroutine is stopped while preemption is disabled.",
                           "It was disabled more often than it was enabled. Only "
                           "the last go_preempt_enable may let others run.");
    }
    if (asked)
        EXPLORE_EXPECT(ran, "Somebody has asked meanwhile, and is not heard.",
                       "The signal came while it was disabled. So look whether "
                       "it was wanted, once preemption is enabled.");
    else
        EXPLORE_EXPECT(!ran, "A goroutine is stopped, and nobody has asked.",
                       "To enable it is no wish to stop. preempt_wanted says "
                       "whether somebody has one.");
    go_waitgroup_wait(&one);
    return 0;
}

static char *somebody[1];

static void asked(void) { go_run(main_enables, 1, somebody); }
static void twice(void) { go_run(main_enables, 2, somebody); }
static void not_asked(void) { go_run(main_enables, 1, NULL); }

// Without a disable it does nothing; and does not make up for a later one.
static int
main_enables_first(int argc, char **argv)
{
    struct go_waitgroup one = {0};
    struct g *gp = getg();

    (void)argc;
    (void)argv;
    go_preempt_enable();
    EXPLORE_EXPECT(gp->no_preempt == 0, "One go_preempt_enable too many is counted.",
                   "Without a go_preempt_disable it does nothing. no_preempt is "
                   "unsigned: below 0 is a very large number.");
    go_preempt_disable();
    go_waitgroup_go(&one, runs);
    preempt_request(gp->m->p);
    go_checkpoint();
    EXPLORE_EXPECT(!ran, "One go_preempt_enable too many is counted.", NULL);
    go_preempt_enable();
    go_waitgroup_wait(&one);
    return 0;
}

static void too_many(void) { go_run(main_enables_first, 0, NULL); }

// ---- Somebody asks just then -----------------------------------------------

static bool refused;            // the signal came, and it was disabled
static ATOMIC(uint32_t) signalled;
static struct p *only;          // the only p

// sysmon, and the handler on the other's thread.
static void
asks(void *arg)
{
    struct g *gp = arg;

    preempt_request(only);
    EXPLORE_YIELD();
    refused = gp->no_preempt > 0;
    atomic_store(&signalled, 1);
    world.futex_wake(&signalled.atomic_value, 1);
}

static int
main_enables_meanwhile(int argc, char **argv)
{
    struct go_waitgroup one = {0};
    struct g *gp = getg();

    (void)argc;
    (void)argv;
    go_preempt_disable();
    go_waitgroup_go(&one, runs);
    only = gp->m->p;
    explore_thread(asks, gp);
    go_preempt_enable();
    EXPLORE_EXPECT(ran || !refused, "Somebody has asked meanwhile, and is not heard.",
                   "The signal came while it was disabled. So look whether it "
                   "was wanted, once preemption is enabled.");
    go_waitgroup_wait(&one);
    while (atomic_load(&signalled) == 0)
        world.futex_wait(&signalled.atomic_value, 0, -1);
    return 0;
}

static void meanwhile(void) { go_run(main_enables_meanwhile, 0, NULL); }

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "enable-asked", .body = asked, .bound = 1 },
        { .name = "enable-twice", .body = twice, .bound = 1 },
        { .name = "enable-not-asked", .body = not_asked, .bound = 1 },
        { .name = "enable-too-many", .body = too_many, .bound = 1 },
        { .name = "enable-meanwhile", .body = meanwhile, .bound = 2, .samples = 500 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
