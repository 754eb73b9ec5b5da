/** @file message.c  A failure in five fields, as every check of the workbook
 * tells it: at most 15 lines of at most 78 columns.
 *
 * The evidence is the failing execution, a column for each thread, but only what
 * matters: steps at places that more than one thread touches, and those of the
 * code that is checked. A star marks where another thread was chosen than usual:
 * there the mistake lies.
 *
 * CHECK_LOOK (FILE:LINE, and more) says whose code is checked, and CHECK_TRY
 * what else there is to do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

enum {
    WIDTH = 66,                 // beside the name of a field
    LINES = 15,
    NUMBER = 6,                 // of a step, and what follows it
    FEW = 4,                    // steps that are no evidence
    NARROW = 31,                // the least that the last column needs
};

// ---- Text ------------------------------------------------------------------

// How much of text goes into a line.
static int
fits(const char *text)
{
    int n = (int)strcspn(text, "\n");

    if (n <= WIDTH)
        return n;
    for (n = WIDTH; n > 0 && text[n] != ' '; n--)
        ;
    return n > 0 ? n : WIDTH;
}

static int
count_lines(const char *text)
{
    int lines = 0;

    for (; *text != '\0'; lines++) {
        text += fits(text);
        text += *text == ' ' || *text == '\n';
    }
    return lines;
}

static void
field(const char *name, const char *text)
{
    for (; *text != '\0'; name = "") {
        int n = fits(text);

        printf("  %-9s %.*s\n", name, n, text);
        text += n;
        text += *text == ' ' || *text == '\n';
    }
}

// ---- Which steps are shown -------------------------------------------------

enum { WINDOW = 4000 };         // steps that are looked at

// Steps [from, to) of the record; the end is cut where they only repeat.
static struct {
    const struct step *record;
    int from, to;
    bool repeats;
    const char *file;           // whose code is checked
    size_t file_length;
    int all[WINDOW], count;     // those that matter, in order
    bool shown[WINDOW];
} view __attribute__((section("explore_keep")));

static bool
in_file(const struct step *s)
{
    return s->file != NULL && strlen(s->file) == view.file_length &&
           memcmp(s->file, view.file, view.file_length) == 0;
}

static bool
is_frame(const struct step *s)
{
    static const char *const frame[] = { "begins", "ends", "join", "thread", "yield" };

    for (unsigned i = 0; i < sizeof(frame) / sizeof(frame[0]); i++)
        if (strcmp(s->what, frame[i]) == 0)
            return true;
    return false;
}

static bool
is_same(const struct step *a, const struct step *b)
{
    return a->file == b->file && a->line == b->line && a->actor == b->actor &&
           a->what == b->what && a->was == b->was && a->is == b->is;
}

// Who never ends does the same at the end, over and over: once is enough.
static void
cut_repeats(void)
{
    const struct step *r = view.record;

    for (int period = 1; period <= 200; period++) {
        int i = view.to - 1;

        while (i - period >= view.from && is_same(&r[i], &r[i - period]))
            i--;
        if (view.to - 1 - i >= 4 * period) {
            view.to = i + 1;
            view.repeats = true;
            return;
        }
    }
}

// Whether another thread than that of step i is at its place, too.
static bool
is_shared(int i)
{
    const struct step *r = view.record;

    for (int k = view.from; k < view.to; k++)
        if (r[k].address == r[i].address && r[k].actor % FLUSH != r[i].actor % FLUSH)
            return true;
    return false;
}

// Note the steps that matter; or all.
static void
note_steps(bool all)
{
    view.count = 0;
    for (int i = view.from; i < view.to; i++) {
        const struct step *s = &view.record[i];

        if (s->deviates || in_file(s) ||
            (!is_frame(s) && (all || (s->address != NULL && is_shared(i)))))
            view.all[view.count++] = i;
    }
}

static void
look_over(const char *look)
{
    const struct explorer *x = explorer;

    view.record = x->record;
    view.to = x->steps < MOST_STEPS ? x->steps : MOST_STEPS;
    view.from = 0;
    view.file = look;
    view.file_length = strcspn(look, ":");
    view.repeats = false;
    if (x->kind == EXPLORE_NEVER_ENDS)
        cut_repeats();
    if (view.to > WINDOW)
        view.from = view.to - WINDOW;
    note_steps(false);
    // Where one thread does it all, nothing is shared.
    if (view.count < FEW)
        note_steps(true);
    memset(view.shown, 0, sizeof(view.shown));
}

// How many lines it takes, with one for each gap.
static int
lines(void)
{
    int n = view.repeats;

    for (int i = 0; i < view.count; i++)
        n += view.shown[i] || (i > 0 && view.shown[i - 1]) ||
             (i == 0 && !view.shown[0]);
    return n - (view.count > 0 && !view.shown[view.count - 1] && view.repeats);
}

static void
show(int i, int room)
{
    if (i < 0 || i >= view.count || view.shown[i])
        return;
    view.shown[i] = true;
    if (lines() > room)
        view.shown[i] = false;
}

// Choose what fits into `room` lines: how it ends, the moments at which another
// thread was chosen than usual, the code that is checked; and what came last.
static void
choose(int room)
{
    const int last = view.count - 1;
    int turns = 0, own = 0;

    show(last, room);
    for (int i = last; i >= 0 && turns < 2; i--)
        if (view.record[view.all[i]].deviates) {
            show(i, room);
            show(i - 1, room);
            turns++;
        }
    for (int i = last; i >= 0 && own < 2; i--)
        if (in_file(&view.record[view.all[i]])) {
            show(i, room);
            own++;
        }
    for (int i = last - 1; i >= 0; i--)
        show(i, room);
}

// ---- The evidence ----------------------------------------------------------

// Which column each thread has: those that are shown.
static int
columns(int *column)
{
    int count = 0;

    for (int t = 0; t < THREADS; t++) {
        column[t] = -1;
        for (int i = 0; i < view.count && column[t] < 0; i++)
            if (view.shown[i] && view.record[view.all[i]].actor % FLUSH == t)
                column[t] = count++;
    }
    return count;
}

// The place and what is done there, in less than `room` characters.
static void
cell(const struct step *s, char *text, size_t room)
{
    char what[100], place[100];

    show_cell(s, what, sizeof(what));
    snprintf(place, sizeof(place), "%s:%d ", show_base(s->file), s->line);
    if (strlen(place) + strlen(what) >= room)
        snprintf(place, sizeof(place), "%d ", s->line);
    snprintf(text, room, "%s%s", place, what);
}

static void
row(const struct step *s, int number, int indent)
{
    char text[WIDTH];

    cell(s, text, (size_t)(WIDTH - NUMBER - indent + 1));
    printf("  %-9s %4d%c %*s%s\n", "", number, s->deviates ? '*' : ' ', indent, "", text);
}

static void
interleaving(int room)
{
    int column[THREADS];

    choose(room - 1);

    const int count = columns(column);
    // The last column has no neighbour, and may be wider.
    const int wide = count < 2 ? 0 : (WIDTH - NUMBER - NARROW) / (count - 1);
    char head[WIDTH + 1];

    if (count == 0)
        return;
    memset(head, ' ', sizeof(head));
    for (int t = 0; t < THREADS; t++)
        if (column[t] >= 0) {
            head[NUMBER + column[t] * wide] = (char)('A' + t);
            head[NUMBER + column[t] * wide + 1] = '\0';
        }
    for (char *c = head; c < head + NUMBER + (count - 1) * wide; c++)
        if (*c == '\0')
            *c = ' ';
    printf("  %-9s %s\n", "EVIDENCE", head);
    for (int i = 0; i < view.count; i++) {
        const struct step *s = &view.record[view.all[i]];

        if (view.shown[i])
            row(s, view.all[i] + 1, column[s->actor % FLUSH] * wide);
        else if (i == 0 || view.shown[i - 1])
            printf("  %-9s  ...\n", "");
    }
    if (view.repeats && view.shown[view.count - 1])
        printf("  %-9s  ... and so on\n", "");
}

// ---- The message -----------------------------------------------------------

// A thread that stands in the file that is checked, and does not come to its
// next step there.
static const struct thread *
stands(void)
{
    const struct explorer *x = explorer;

    for (int i = 0; i < x->threads; i++)
        if (&x->thread[i] != x->current && x->thread[i].state == READY &&
            in_file(&x->thread[i].at))
            return &x->thread[i];
    return NULL;
}

// LOOK AT: the last step in the file of `look`, after its line; else where a
// thread stands there; else what it says.
static void
look_at(const char *look)
{
    const char *rest = look + view.file_length + strcspn(look + view.file_length, " ");
    const int from = look[view.file_length] == ':' ? atoi(look + view.file_length + 1) : 0;
    const struct thread *t = stands();
    int line = from;
    char text[300];

    if (t != NULL)
        line = t->at.line;
    for (int i = view.from; i < view.to; i++)
        if (in_file(&view.record[i]) && view.record[i].line > from)
            line = view.record[i].line;
    snprintf(text, sizeof(text), "%.*s:%d%s", (int)view.file_length, look, line, rest);
    field("LOOK AT", text);
}

// The last execution has failed, and was recorded: say so.
void
message_write(const char *schedule)
{
    struct explorer *x = explorer;
    const struct explore_failure f = engine_explain();
    const char *look = getenv("CHECK_LOOK"), *try = getenv("CHECK_TRY");
    char again[300], place[300];

    snprintf(place, sizeof(place), "%s:%d", x->fail_file, x->fail_line);
    if (look == NULL)
        look = place;
    snprintf(again, sizeof(again), "make replay S=%s:%s%s%s", x->check->name, schedule,
             try != NULL ? "   or " : "", try != NULL ? try : "");
    look_over(look);

    const struct thread *t = stands();

    if (t != NULL && x->kind != EXPLORE_NEVER_ENDS)
        engine_detail("%c stands before %s:%d %s\n", 'A' + thread_number(t),
                      show_base(t->at.file), t->at.line, t->at.what);
    printf("\n");
    field("WHAT", f.what);
    interleaving(LINES - count_lines(f.what) - count_lines(f.why) -
                 count_lines(x->detail) - 1 - count_lines(again));
    field("", x->detail);
    field("WHY", f.why);
    look_at(look);
    field("TRY", again);
    printf("\n");
    fflush(stdout);
}
