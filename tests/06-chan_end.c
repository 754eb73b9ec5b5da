/** @file 06-chan_end.c  Programs with channels that end badly, and what they say.
 *
 * 06-chan_end NAME: each ends the process in its own way. The texts are
 * compared in 06-chan.bats.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chan.h"

static go_chan(int) nil;

static void
settle(void)
{
    go_gomaxprocs(1);
    for (int i = 0; i < 5; i++)
        go_gosched();
}

static void
sends(go_chan(int) ch)
{
    go_send(ch, 1);
}

static void
receives(go_chan(int) ch)
{
    (void)go_recv(ch);
}

static void
selects(go_chan(int) a, go_chan(int) b)
{
    go_select(go_case_recv(a, NULL), go_case_send(b, 1));
}

// ---- Deadlocks -------------------------------------------------------------

static void
recv_alone(void)
{
    (void)go_recv(go_make_chan(int, 0));
}

static void
send_alone(void)
{
    go_send(go_make_chan(int, 0), 1);
}

static void
recv_nil(void)
{
    (void)go_recv(nil);
}

static void
recv_ok_nil(void)
{
    int v;

    go_recv_ok(nil, &v);
}

static void
send_nil(void)
{
    go_send(nil, 1);
}

static void
range_nil(void)
{
    go_range(v, nil)
        printf("%d\n", v);
}

static void
select_empty(void)
{
    go_select();
}

static void
select_none(void)
{
    go_select_n(NULL, 0);
}

static void
select_nil(void)
{
    go_select(go_case_recv(nil, NULL), go_case_send(nil, 1));
}

static void
one_of_each(void)
{
    go_chan(int) a = go_make_chan(int, 0), b = go_make_chan(int, 0);

    go_with((&(struct go_attr){ .name = "reader" }), receives, a);
    settle();
    go(sends, b);
    settle();
    go(selects, go_make_chan(int, 0), go_make_chan(int, 0));
    settle();
    go(receives, nil);
    settle();
    go(sends, nil);
    settle();
    go(select_none);
    settle();
    (void)go_recv(go_make_chan(int, 0));
}

// As if goroutine 2 had begun to wait three minutes ago.
static void
minutes(void)
{
    go_chan(int) ch = go_make_chan(int, 0);
    struct chan *c = (struct chan *)(void *)ch;

    go(receives, ch);
    settle();
    atomic_load_relaxed(&c->recvq.first)->g->since -= (int64_t)180000000000;
    (void)go_recv(go_make_chan(int, 0));
}

// ---- Panics ----------------------------------------------------------------

static void
send_closed(void)
{
    go_chan(int) ch = go_make_chan(int, 1);

    go_close(ch);
    go_send(ch, 1);
}

static void
try_send_closed(void)
{
    go_chan(int) ch = go_make_chan(int, 0);

    go_close(ch);
    go_try_send(ch, 1);
}

static void
select_send_closed(void)
{
    go_chan(int) ch = go_make_chan(int, 0);

    go_close(ch);
    go_select(go_case_send(ch, 1), go_case_default);
}

static void
send_closed_blocked(void)
{
    go_chan(int) ch = go_make_chan(int, 0);

    go(sends, ch);
    settle();
    go_close(ch);
    settle();
}

static void
select_closed_blocked(void)
{
    go_chan(int) a = go_make_chan(int, 0), b = go_make_chan(int, 0);

    go(selects, a, b);
    settle();
    go_close(b);
    settle();
}

static void
close_closed(void)
{
    go_chan(int) ch = go_make_chan(int, 0);

    go_close(ch);
    go_close(ch);
}

static void
close_nil(void)
{
    go_close(nil);
}

static void
panics_among_others(void)
{
    for (int i = 0; i < 3; i++)
        go(receives, go_make_chan(int, 0));
    settle();
    go_close(nil);
}

static void
make_negative(void)
{
    int n = -1;

    (void)go_make_chan(int, n);
}

// Neither is too large, but their product is.
struct three { char c[3]; };

static void
make_product(void)
{
    (void)go_make_chan(struct three, INT64_MAX / 3 + 1);
}

static void
make_huge(void)
{
    (void)go_make_chan(int, (size_t)1 << 62);
}

static void
make_too_huge(void)
{
    (void)go_make_chan(int, UINT64_MAX);
}

static void
make_negative_unit(void)
{
    (void)go_make_chan(struct go_unit, -1);
}

// Fits into the addresses, and not into memory.
static void
make_too_large(void)
{
    (void)go_make_chan(char, INT64_MAX / 4);
}

static void
too_many_cases(void)
{
    static struct go_case cases[GO_CASES_MAX + 1];

    for (int i = 0; i <= GO_CASES_MAX; i++)
        cases[i] = go_case_recv(nil, NULL);
    go_select_n(cases, GO_CASES_MAX + 1);
}

static void
two_defaults(void)
{
    go_select(go_case_default, go_case_recv(nil, NULL), go_case_default);
}

static void
case_of_nothing(void)
{
    struct go_case cases[2] = { go_case_recv(nil, NULL), go_case_default };

    cases[0].what = 17;
    go_select_n(cases, 2);
}

static void
null_cases(void)
{
    go_select_n(NULL, 2);
}

// ---- Lifetime --------------------------------------------------------------

static void
free_with_receivers(void)
{
    go_chan(int) ch = go_make_chan(int, 0);

    go(receives, ch);
    settle();
    go(selects, ch, nil);
    settle();
    go_free_chan(ch);
}

// All kinds, of which some wait with several cases.
static void
free_with_all(void)
{
    go_chan(int) full = go_make_chan(int, 1);

    go_send(full, 1);
    go(selects, nil, full);
    settle();
    go(sends, full);
    settle();
    go(selects, nil, full);
    settle();
    go_free_chan(full);
}

static void
free_with_sender(void)
{
    go_chan(int) ch = go_make_chan(int, 0);

    go(sends, ch);
    settle();
    go_free_chan(ch);
}

// Memory that was a channel's, and something that never was one.
static _Alignas(16) char no_channel[256];

static void
not_a_channel(void)
{
    go_send((go_chan(int))(void *)no_channel, 1);
}

static void
select_not_a_channel(void)
{
    go_select(go_case_recv((go_chan(int))(void *)no_channel, NULL));
}

// Each function that takes a channel.
static void
call_with(const char *name, go_chan(int) ch)
{
    int v = 0;

    if (strcmp(name, "go_send") == 0)
        go_send(ch, 1);
    if (strcmp(name, "go_recv") == 0)
        (void)go_recv(ch);
    if (strcmp(name, "go_recv_ok") == 0)
        go_recv_ok(ch, &v);
    if (strcmp(name, "go_try_send") == 0)
        go_try_send(ch, 1);
    if (strcmp(name, "go_try_recv") == 0)
        go_try_recv(ch, &v);
    if (strcmp(name, "go_close") == 0)
        go_close(ch);
    if (strcmp(name, "go_len") == 0)
        (void)go_len(ch);
    if (strcmp(name, "go_cap") == 0)
        (void)go_cap(ch);
    if (strcmp(name, "go_free_chan") == 0)
        go_free_chan(ch);
    if (strcmp(name, "go_select") == 0)
        go_select(go_case_recv(ch, NULL), go_case_default);
}

static void
after_free(const char *name)
{
    go_chan(int) ch = go_make_chan(int, 100);

    go_free_chan(ch);
    call_with(name, ch);
}

// No channel, but memory of the program.
static void
no_channel_for(const char *name)
{
    call_with(name, (go_chan(int))(void *)no_channel);
}

static void
freed_twice(void)
{
    go_chan(int) ch = go_make_chan(int, 100);

    go_free_chan(ch);
    go_free_chan(ch);
}

static void
used_after_free(void)
{
    go_chan(int) ch = go_make_chan(int, 100);

    go_free_chan(ch);
    go_send(ch, 1);
}

// ---- Outside ---------------------------------------------------------------

static void
call(const char *name)
{
    if (strcmp(name, "go_make_chan") == 0)
        (void)go_make_chan(int, 0);
    call_with(name, nil);
}

// ---- What ThreadSanitizer sees ---------------------------------------------

static int shared;

__attribute__((noinline)) static void
touches(void)
{
    shared++;
}

static void
touches_and_sends(go_chan(int) ch)
{
    touches();
    go_send(ch, 1);
}

static void
touches_and_receives(go_chan(int) ch)
{
    touches();
    (void)go_recv(ch);
}

static void
touches_and_closes(go_chan(int) ch)
{
    touches();
    go_close(ch);
}

// A send comes before the end of its receive.
static void
order_send(void)
{
    for (int cap = 0; cap < 3; cap++)
        for (int first = 0; first < 2; first++) {
            go_chan(int) ch = go_make_chan(int, cap);

            go(touches_and_sends, ch);
            if (first)
                settle();
            (void)go_recv(ch);
            touches();
        }
}

static void
order_select(void)
{
    for (int cap = 0; cap < 3; cap++)
        for (int first = 0; first < 2; first++) {
            go_chan(int) ch = go_make_chan(int, cap), other = go_make_chan(int, 0);

            go(touches_and_sends, ch);
            if (first)
                settle();
            go_select(go_case_recv(ch, NULL), go_case_recv(other, NULL));
            touches();
        }
}

// A receive without capacity comes before the end of its send.
static void
order_receive(void)
{
    for (int first = 0; first < 2; first++) {
        go_chan(int) ch = go_make_chan(int, 0);

        go(touches_and_receives, ch);
        if (first)
            settle();
        go_send(ch, 1);
        touches();
    }
}

static void
order_close(void)
{
    for (int first = 0; first < 2; first++) {
        go_chan(int) ch = go_make_chan(int, 0);

        go(touches_and_closes, ch);
        if (first)
            settle();
        (void)go_recv(ch);
        touches();
    }
}

// The k-th receive comes before the end of the k+C-th send: so a ring is a
// semaphore.
static void
enters(go_chan(int) ch)
{
    go_send(ch, 1);
    touches();
    (void)go_recv(ch);
}

static void
order_semaphore(void)
{
    go_chan(int) ch = go_make_chan(int, 1);
    struct go_waitgroup wg = {0};

    for (int i = 0; i < 20; i++)
        go_waitgroup_go(&wg, enters, ch);
    go_waitgroup_wait(&wg);
}

// What Go calls a race is one here.

// With room for two, two enter.
static void
race_semaphore(void)
{
    go_chan(int) ch = go_make_chan(int, 2);
    struct go_waitgroup wg = {0};

    go_waitgroup_go(&wg, enters, ch);
    go_waitgroup_go(&wg, enters, ch);
    go_waitgroup_wait(&wg);
}

// A receive from a ring does not come before the end of its send.
static void
race_receive(void)
{
    go_chan(int) ch = go_make_chan(int, 1);

    go(touches_and_receives, ch);
    settle();
    go_send(ch, 1);
    touches();
}

static void
race_close(void)
{
    go_chan(int) ch = go_make_chan(int, 2);

    go(sends, ch);
    settle();
    go_close(ch);
}

static void
receives_to(go_chan(int) ch, int *p)
{
    go_recv_ok(ch, p);
}

// Two receive to one variable.
static void
race_target(void)
{
    go_chan(int) ch = go_make_chan(int, 2);
    struct go_waitgroup wg = {0};

    go_send(ch, 1);
    go_send(ch, 1);
    go_waitgroup_go(&wg, receives_to, ch, &shared);
    go_waitgroup_go(&wg, receives_to, ch, &shared);
    go_waitgroup_wait(&wg);
}

static const struct {
    const char *name;
    void (*fn)(void);
} scenarios[] = {
    { "recv-alone", recv_alone },
    { "send-alone", send_alone },
    { "recv-nil", recv_nil },
    { "recv-ok-nil", recv_ok_nil },
    { "send-nil", send_nil },
    { "range-nil", range_nil },
    { "select-empty", select_empty },
    { "select-none", select_none },
    { "select-nil", select_nil },
    { "one-of-each", one_of_each },
    { "minutes", minutes },
    { "send-closed", send_closed },
    { "try-send-closed", try_send_closed },
    { "select-send-closed", select_send_closed },
    { "send-closed-blocked", send_closed_blocked },
    { "select-closed-blocked", select_closed_blocked },
    { "close-closed", close_closed },
    { "close-nil", close_nil },
    { "panics-among-others", panics_among_others },
    { "make-negative", make_negative },
    { "make-huge", make_huge },
    { "make-product", make_product },
    { "make-too-huge", make_too_huge },
    { "make-negative-unit", make_negative_unit },
    { "make-too-large", make_too_large },
    { "too-many-cases", too_many_cases },
    { "two-defaults", two_defaults },
    { "case-of-nothing", case_of_nothing },
    { "null-cases", null_cases },
    { "free-with-receivers", free_with_receivers },
    { "free-with-all", free_with_all },
    { "free-with-sender", free_with_sender },
    { "not-a-channel", not_a_channel },
    { "select-not-a-channel", select_not_a_channel },
    { "freed-twice", freed_twice },
    { "used-after-free", used_after_free },
    { "order-send", order_send },
    { "order-select", order_select },
    { "order-receive", order_receive },
    { "order-close", order_close },
    { "order-semaphore", order_semaphore },
    { "race-semaphore", race_semaphore },
    { "race-receive", race_receive },
    { "race-close", race_close },
    { "race-target", race_target },
};

static int
go_main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "after-free") == 0)
        after_free(argv[2]);
    if (argc == 3 && strcmp(argv[1], "no-channel") == 0)
        no_channel_for(argv[2]);
    for (unsigned i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (argc == 2 && strcmp(argv[1], scenarios[i].name) == 0) {
            scenarios[i].fn();
            return 0;
        }
    fprintf(stderr, "06-chan_end: which scenario?\n");
    return 3;
}

int
main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "outside") == 0)
        call(argv[2]);
    return go_run(go_main, argc, argv);
}
