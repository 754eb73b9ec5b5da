/** @file pool.c  Three workers share twelve jobs.
 *
 * A job is a number. Whoever is free takes the next one, and sends what came of
 * it to whoever collects. Nobody says who does which job: the channel does.
 */
#include <goroutine.h>
#include <stdio.h>

enum { JOBS = 12, WORKERS = 3 };

struct result {
    int job;
    int value;
};

static int busy, most_busy, done_jobs;

// The work itself: how many steps does it take from n to 1, if each goes to the
// half, or, if there is none, to three times as much and one more? It takes as
// many turns.
static int
work(int job)
{
    int steps = 0;

    if (++busy > most_busy)
        most_busy = busy;
    for (long n = job; n != 1; n = n % 2 == 0 ? n / 2 : 3 * n + 1) {
        steps++;
        go_gosched();
    }
    busy--;
    done_jobs++;
    return steps;
}

// run_all(value) sees to it that each of the jobs 1 to JOBS is done: value[job]
// is what work(job) returned. WORKERS goroutines do them, and each takes the
// next one as soon as it is free. Nobody else calls work. When it returns, all
// its goroutines have ended, or will without doing anything more, and its
// channels are freed.
// [lab pool]
static void
works(go_chan(int) jobs, go_chan(struct result) results)
{
    go_range(job, jobs)
        go_send(results, (struct result){ job, work(job) });
}

static void
hands_out(go_chan(int) jobs)
{
    for (int job = 1; job <= JOBS; job++)
        go_send(jobs, job);
    go_close(jobs);
}

// The last one who can send has ended: nothing more comes.
static void
closes(go_chan(struct result) results, struct go_waitgroup *workers)
{
    go_waitgroup_wait(workers);
    go_close(results);
}

static void
run_all(int *value)
{
    go_chan(int) jobs = go_make_chan(int, 0);
    go_chan(struct result) results = go_make_chan(struct result, 0);
    struct go_waitgroup workers = {0};

    for (int i = 0; i < WORKERS; i++)
        go_waitgroup_go(&workers, works, jobs, results);
    go(hands_out, jobs);
    go(closes, results, &workers);
    go_range(r, results)
        value[r.job] = r.value;
    go_free_chan(jobs);
    go_free_chan(results);
}
// [lab pool]

static int
go_main(int argc, char **argv)
{
    int value[JOBS + 1] = {0};

    (void)argc;
    (void)argv;
    // So that a mistake is the same each time.
    go_gomaxprocs(1);
    run_all(value);
    for (int job = 1; job <= JOBS; job++)
        printf("job %d: %d\n", job, value[job]);
    printf("%d jobs were done, at most %d at a time\n", done_jobs, most_busy);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
