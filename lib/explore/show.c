/** @file show.c  What happened in an execution: a column for each thread. */
#include <stdio.h>
#include <string.h>

#include "engine.h"

enum { WIDE = 34, SHOWN = 200 };

static const char *
base(const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash != NULL ? slash + 1 : file;
}

static void
cell(const struct step *s, char *text, size_t room)
{
    size_t n = (size_t)snprintf(text, room, "%s:%d %s", base(s->file), s->line, s->what);

    if (s->has_value && n < room)
        snprintf(text + n, room - n, s->value < 1 << 20 ? " %lu" : " %#lx",
                 (unsigned long)s->value);
}

// The steps of the last execution, which was recorded.
void
show_record(void)
{
    struct explorer *x = explorer;
    int last = x->steps < MOST_STEPS ? x->steps : MOST_STEPS;
    int first = last > SHOWN ? last - SHOWN : 0;

    printf("\n  step");
    for (int i = 0; i < x->threads; i++)
        printf("  %-*s", WIDE, (char[]){ 't', 'h', 'r', 'e', 'a', 'd', ' ', (char)('A' + i), '\0' });
    printf("\n");
    if (first > 0)
        printf("  ... %d steps before\n", first);
    for (int i = first; i < last; i++) {
        char text[200];

        cell(&x->record[i], text, sizeof(text));
        printf("  %4d", i + 1);
        for (int k = 0; k < x->record[i].actor % FLUSH; k++)
            printf("  %-*s", WIDE, "");
        printf("  %s\n", text);
    }
    printf("\n  %s\n", x->failed ? x->failure : "It holds.");
    if (x->failed)
        printf("  at %s:%d\n", x->fail_file, x->fail_line);
}
