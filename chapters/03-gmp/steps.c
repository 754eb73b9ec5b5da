/** @file steps.c  What each step of a goroutine's life costs, in ns.
 *
 * Each step is done many times by itself, on one p, with what the step before
 * has left. The least of all passes is told. Looks behind goroutine.h.
 */
#include <stdio.h>
#include <time.h>

#include "gstatus.h"
#include "proc.h"
#include "schedt.h"

#include "godebug.h"

enum { N = 500, PASSES = 200 };

static struct g *gp[N];
static double least[8];

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void
noted(int step, double start, double end)
{
    double ns = (end - start) / N;

    if (least[step] == 0 || ns < least[step])
        least[step] = ns;
}

static void
nothing(void)
{
}

static void
one_pass(struct go_waitgroup *all)
{
    static const struct go_site *volatile site;
    struct m *mp = getg()->m;
    double t[8];

    t[0] = now();
    for (int i = 0; i < N; i++)
        gp[i] = gfree_get(mp, godebug.stacksize);
    t[1] = now();
    for (int i = 0; i < N; i++)
        gp[i]->id = goid_next(mp);
    t[2] = now();
    for (int i = 0; i < N; i++) {
        gp[i]->start = nothing;
        gp[i]->args[0] = (uintptr_t)i;
        gp[i]->site = site;
        gp[i]->parent = 1;
        gp[i]->name = NULL;
        gp[i]->wg = all;
    }
    go_waitgroup_add(all, N);
    t[3] = now();
    for (int i = 0; i < N; i++)
        g_set_status(gp[i], G_WAITING, G_RUNNABLE);
    t[4] = now();
    for (int i = 0; i < N; i++)
        proc_put(mp, gp[i]);
    t[5] = now();
    // Each has its turn, does nothing, and ends.
    go_waitgroup_wait(all);
    t[6] = now();
    for (int i = 0; i < 6; i++)
        noted(i, t[i], t[i + 1]);
}

static void
whole(void)
{
    struct go_waitgroup all = {0};
    double start = now(), end;

    for (int i = 0; i < N; i++)
        go_waitgroup_go(&all, nothing);
    end = now();
    go_waitgroup_wait(&all);
    noted(6, start, end);
    noted(7, start, now());
}

static int
go_main(int argc, char **argv)
{
    static const char *const name[] = {
        "take", "number", "fill", "runnable", "queue", "turn", "go", "life",
    };

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (int pass = 0; pass < PASSES; pass++) {
        struct go_waitgroup all = {0};

        one_pass(&all);
        whole();
    }
    for (int i = 0; i < 8; i++)
        printf("%s %.1f\n", name[i], least[i]);
    printf("g %zu\n", sizeof(struct g));
    printf("batch %d\n", GOID_BATCH);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
