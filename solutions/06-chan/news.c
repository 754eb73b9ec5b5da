/** @file news.c  News go to all who have subscribed to them.
 *
 * One goroutine, the hub, knows who the readers are. Nobody else does, so no lock
 * is needed: who wants to join, to leave, or to tell something, sends it to the
 * hub. A reader who is slow keeps nobody waiting: what has no room is lost to
 * him, and he is told how much it was.
 */
#include <goroutine.h>
#include <stdio.h>

enum { MOST = 8 };              // readers at a time, and news that one reads

struct reader {
    const char *name;
    go_chan(int) mail;          // news come here, until it is closed
    int missed;                 // how many had no room

    int read[MOST], n_read;     // what it has read
};

struct hub {
    go_chan(struct reader *) joins;
    go_chan(struct reader *) leaves;
    go_chan(int) posts;         // closed after the last news
};

// What the hub does, until there is no more news. Whoever joins gets all news
// from then on that has room in its mail; what has none is counted (missed).
// Whoever leaves gets no more, and its mail is closed. At the end all mail is
// closed that is not closed yet.
// [lab news]
static void
hub(struct hub *h)
{
    struct reader *reader[MOST], *who = NULL;
    int n = 0, news = 0;
    bool more = true;

    while (more)
        switch (go_select(go_case_recv(h->joins, &who),
                          go_case_recv(h->leaves, &who),
                          go_case_recv_ok(h->posts, &news, &more))) {
        case 0:
            reader[n++] = who;
            break;
        case 1:
            for (int i = 0; i < n; i++)
                if (reader[i] == who)
                    reader[i--] = reader[--n];
            go_close(who->mail);
            break;
        case 2:
            for (int i = 0; more && i < n; i++)
                if (!go_try_send(reader[i]->mail, news))
                    reader[i]->missed++;
            break;
        }
    for (int i = 0; i < n; i++)
        go_close(reader[i]->mail);
}
// [lab news]

static void
reads(struct reader *r)
{
    go_range(news, r->mail)
        if (r->n_read < MOST)
            r->read[r->n_read++] = news;
}

static void
tell(const struct reader *r)
{
    printf("%s:", r->name);
    for (int i = 0; i < r->n_read; i++)
        printf(" %d", r->read[i]);
    printf(r->missed > 0 ? ", and missed %d\n" : "\n", r->missed);
}

static int
go_main(int argc, char **argv)
{
    struct hub h = { go_make_chan(struct reader *, 0), go_make_chan(struct reader *, 0),
                     go_make_chan(int, 0) };
    struct reader ann = { .name = "Ann", .mail = go_make_chan(int, MOST) };
    struct reader bob = { .name = "Bob", .mail = go_make_chan(int, 2) };
    struct reader cem = { .name = "Cem", .mail = go_make_chan(int, MOST) };
    struct reader dan = { .name = "Dan", .mail = go_make_chan(int, MOST) };
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    // So that a mistake is the same each time.
    go_gomaxprocs(1);
    go_waitgroup_go(&all, hub, &h);
    go_waitgroup_go(&all, reads, &ann);
    go_waitgroup_go(&all, reads, &cem);
    go_send(h.joins, &ann);
    go_send(h.joins, &bob);
    for (int news = 1; news <= 3; news++)
        go_send(h.posts, news);
    go_send(h.joins, &cem);
    go_send(h.leaves, &ann);
    for (int news = 4; news <= 6; news++)
        go_send(h.posts, news);
    // Dan comes too late, and Bob has been asleep all the time.
    go_send(h.joins, &dan);
    go_waitgroup_go(&all, reads, &bob);
    go_waitgroup_go(&all, reads, &dan);
    go_close(h.posts);
    go_waitgroup_wait(&all);
    tell(&ann);
    tell(&bob);
    tell(&cem);
    tell(&dan);
    go_free_chan(ann.mail);
    go_free_chan(bob.mail);
    go_free_chan(cem.mail);
    go_free_chan(dan.mail);
    go_free_chan(h.joins);
    go_free_chan(h.leaves);
    go_free_chan(h.posts);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
