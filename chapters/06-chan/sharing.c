/** @file sharing.c  What a channel keeps apart, and what not. */
#include <string.h>

#include "../01-context/claim.h"
#include "goroutine.h"

struct value {
    char text[16];
};

static go_chan(struct value) copies;
static go_chan(struct value *) pointers;
static struct value shared;
static bool done_before;

static void
sends(void)
{
    struct value v = { "as it was sent" };

    done_before = true;                 // no lock, no atomic
    go_send(copies, v);
    strcpy(v.text, "changed");

    strcpy(shared.text, "as it was sent");
    go_send(pointers, &shared);
    strcpy(shared.text, "changed");
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    copies = go_make_chan(struct value, 0);
    pointers = go_make_chan(struct value *, 0);
    go(sends);

    struct value copy = go_recv(copies);
    const bool ordered = done_before;
    struct value *p = go_recv(pointers);

    go_gosched();

    const bool kept = strcmp(copy.text, "as it was sent") == 0;
    const bool changed = strcmp(p->text, "changed") == 0;

    verdict("6.1", kept && ordered ? "true" : "false",
            "a value came, and what was done before it was sent was done");
    verdict("6.2 6.3", kept ? changed ? "half true" : "true" : "false",
            "a copy stays as it was sent; what a pointer leads to was changed by its sender");
    go_free_chan(copies);
    go_free_chan(pointers);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
