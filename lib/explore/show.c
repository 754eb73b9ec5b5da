/** @file show.c  What happened in an execution: a column for each thread. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "engine.h"

enum { SHOWN = 200, CELL = 200 };

const char *
show_base(const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash != NULL ? slash + 1 : file;
}

// What the source calls it, without the way to it: &mp->note is note.
static void
short_name(const char *name, char *text, size_t room)
{
    static const char tail[] = ".atomic_value";
    size_t n = strlen(name), from;
    int deep = 0;

    if (n > strlen(tail) && strcmp(name + n - strlen(tail), tail) == 0)
        n -= strlen(tail);
    for (from = n; from > 0; from--) {
        const char c = name[from - 1];

        deep += (c == ']') - (c == '[');
        if (deep == 0 && c != '[' && !isalnum((unsigned char)c) && c != '_')
            break;
    }
    snprintf(text, room, "%.*s", (int)(n - from), name + from);
}

// A number; an address is the same in each run as its distance to others, and
// is told by that.
static const char *
value_text(const struct step *s, uint64_t value, char *text, size_t room)
{
    static const char *const status[] = {
        [G_IDLE] = "idle", [G_RUNNABLE] = "runnable", [G_RUNNING] = "running",
        [G_WAITING] = "waiting", [G_DEAD] = "dead",
    };
    unsigned long number;
    char kind;

    if (strcmp(s->what, "status") == 0 && value <= G_DEAD && status[value] != NULL)
        snprintf(text, room, "%s", status[value]);
    else if (memory_number(value, &kind, &number))
        snprintf(text, room, "%c%lx", kind, number);
    else
        snprintf(text, room, value < 1 << 20 ? "%lu" : "%#lx", (unsigned long)value);
    return text;
}

// One step in words: what it did, to what, and how that went.
const char *
show_cell(const struct step *s, char *text, size_t room)
{
    char name[60] = "", was[40], is[40];
    size_t n = (size_t)snprintf(text, room, "%s", s->what);

    if (s->name != NULL) {
        short_name(s->name, name, sizeof(name));
        n += (size_t)snprintf(text + n, n < room ? room - n : 0, " %s", name);
    }
    if (n >= room)
        return text;
    value_text(s, s->was, was, sizeof(was));
    value_text(s, s->is, is, sizeof(is));
    if (s->outcome != NULL && s->saw && !s->left) {
        snprintf(text + n, room - n, " %s: %s", s->outcome, was);
        return text;
    }
    if (s->saw && s->left)
        n += (size_t)snprintf(text + n, room - n, " %s -> %s", was, is);
    else if (s->saw || s->left)
        n += (size_t)snprintf(text + n, room - n, " %s%s", name[0] != '\0' ? "= " : "",
                              s->saw ? was : is);
    if (s->outcome != NULL && n < room)
        snprintf(text + n, room - n, ": %s", s->outcome);
    return text;
}

// The same with its place. text has room for CELL characters.
static const char *
whole_cell(const struct step *s, char *text)
{
    const int n = snprintf(text, CELL, "%s:%d ", show_base(s->file), s->line);

    show_cell(s, text + n, CELL - (size_t)n);
    return text;
}

// The steps of the last execution, which was recorded.
void
show_record(void)
{
    struct explorer *x = explorer;
    int last = x->steps < MOST_STEPS ? x->steps : MOST_STEPS;
    int first = last > SHOWN ? last - SHOWN : 0;

    int wide[THREADS];
    char text[CELL];

    for (int i = 0; i < THREADS; i++)
        wide[i] = (int)strlen("thread A");
    for (int i = first; i < last; i++) {
        const int n = (int)strlen(whole_cell(&x->record[i], text));

        if (wide[x->record[i].actor % FLUSH] < n)
            wide[x->record[i].actor % FLUSH] = n;
    }
    printf("  step ");
    for (int i = 0; i < x->threads; i++)
        printf("  thread %c%*s", 'A' + i, i < x->threads - 1 ? wide[i] - 8 : 0, "");
    printf("\n");
    if (first > 0)
        printf("  ... %d steps before\n", first);
    for (int i = first; i < last; i++) {
        const struct step *s = &x->record[i];

        printf("  %4d%s", i + 1, s->deviates ? "*" : " ");
        for (int k = 0; k < s->actor % FLUSH; k++)
            printf("  %*s", wide[k], "");
        printf("  %s\n", whole_cell(s, text));
    }
    if (!x->failed) {
        printf("  It holds.\n");
        return;
    }
    printf("  %s\n", engine_explain().what);
    for (const char *line = x->detail; *line != '\0'; line += strcspn(line, "\n") + 1)
        printf("  %.*s\n", (int)strcspn(line, "\n"), line);
    printf("  at %s:%d\n", x->fail_file, x->fail_line);
}
