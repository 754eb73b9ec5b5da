// MISTAKE   The next job is handed out when the last one has come back.
// WHY       Then it is clear which result is whose. But only one works at a
//           time.
// GETS      A line is wrong.

// [lab pool]
static void
works(go_chan(int) jobs, go_chan(int) results)
{
    go_range(job, jobs)
        go_send(results, work(job));
}

static void
run_all(int *value)
{
    go_chan(int) jobs = go_make_chan(int, 0), results = go_make_chan(int, 0);
    struct go_waitgroup workers = {0};

    for (int i = 0; i < WORKERS; i++)
        go_waitgroup_go(&workers, works, jobs, results);
    for (int job = 1; job <= JOBS; job++) {
        go_send(jobs, job);
        value[job] = go_recv(results);
    }
    go_close(jobs);
    go_waitgroup_wait(&workers);
    go_free_chan(jobs);
    go_free_chan(results);
}
// [lab pool]
