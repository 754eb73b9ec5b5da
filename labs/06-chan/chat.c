/** @file chat.c  Four people in a room.
 *
 * The room is a goroutine. It hears what anybody says, by one channel, and
 * passes it on to everybody, by a channel each. So is every guest: who hears the
 * line that he waits for answers it. Who speaks when follows from who has heard
 * what, on one processor or on many.
 */
#include <goroutine.h>
#include <stdio.h>
#include <string.h>

struct line {
    const char *who;
    const char *text;
};

struct guest {
    const char *name;
    const char *waits_for[2];
    const char *answers[2];
    go_chan(struct line) ear;
    int heard;
};

static struct guest guest[] = {
    { .name = "Ann", .waits_for = { "the door opens", "only us four" },
      .answers = { "is anybody here?", "then it is a party. Bye!" } },
    { .name = "Bob", .waits_for = { "is anybody here?" }, .answers = { "I am." } },
    { .name = "Cem", .waits_for = { "I am." }, .answers = { "so am I. Who else?" } },
    { .name = "Dora", .waits_for = { "so am I. Who else?" }, .answers = { "only us four" } },
};

enum { GUESTS = sizeof(guest) / sizeof(guest[0]) };

static void
listens(struct guest *me, go_chan(struct line) room)
{
    go_range(line, me->ear) {
        me->heard++;
        for (int i = 0; i < 2; i++)
            if (me->waits_for[i] != NULL && strcmp(line.text, me->waits_for[i]) == 0)
                go_send(room, (struct line){ me->name, me->answers[i] });
    }
}

// Until somebody says goodbye.
static void
passes_on(go_chan(struct line) room)
{
    bool open = true;

    while (open) {
        struct line line = go_recv(room);

        printf("%5s: %s\n", line.who, line.text);
        for (int i = 0; i < GUESTS; i++)
            go_send(guest[i].ear, line);
        open = strstr(line.text, "Bye") == NULL;
    }
    for (int i = 0; i < GUESTS; i++)
        go_close(guest[i].ear);
}

static int
go_main(int argc, char **argv)
{
    go_chan(struct line) room = go_make_chan(struct line, 0);
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    for (int i = 0; i < GUESTS; i++) {
        // With room for a line: the room shall not wait for who is speaking.
        guest[i].ear = go_make_chan(struct line, 1);
        go_waitgroup_go(&all, listens, &guest[i], room);
    }
    go_waitgroup_go(&all, passes_on, room);
    go_send(room, (struct line){ "room", "the door opens" });
    go_waitgroup_wait(&all);
    for (int i = 0; i < GUESTS; i++) {
        printf("%s heard %d lines\n", guest[i].name, guest[i].heard);
        go_free_chan(guest[i].ear);
    }
    go_free_chan(room);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
