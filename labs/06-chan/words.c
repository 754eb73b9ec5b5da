/** @file words.c  Which words are the most frequent ones?
 *
 * A goroutine for each file takes it apart. Each word goes to one of four that
 * count, always to the same one: by its letters. So each has the whole count of
 * its words, and no two ever touch the same one. That is map and reduce.
 *
 *     make run P=labs/06-chan/words ARGS="chapters/06-chan/chapter.md README.md"
 */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTERS = 4, LONGEST = 24, SHOWN = 8, MOST = 20000 };

struct word {
    char letters[LONGEST];
};

struct count {
    struct word word;
    int times;
};

static struct counter {
    go_chan(struct word) in;
    struct count *count;        // a table: a word's place, or one behind it
    int words;
} counter[COUNTERS];

static unsigned
hash(const struct word *w)
{
    unsigned h = 0;

    for (const char *c = w->letters; *c != '\0'; c++)
        h = h * 31 + (unsigned char)*c;
    return h;
}

// (Not isalpha: that looks into a table that the thread has, and the compiler may
// remember where it is while the goroutine goes on to another thread.)
static bool
is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void
takes_apart(const char *name)
{
    FILE *f = fopen(name, "r");
    struct word w;
    int n = 0, c;

    if (f == NULL) {
        perror(name);
        return;
    }
    do {
        c = getc(f);
        if (is_letter(c) && n < LONGEST - 1) {
            w.letters[n++] = (char)(c | 0x20);
        } else if (!is_letter(c) && n > 0) {
            w.letters[n] = '\0';
            go_send(counter[hash(&w) % COUNTERS].in, w);
            n = 0;
        }
    } while (c != EOF);
    fclose(f);
}

static void
counts(struct counter *me)
{
    go_range(w, me->in) {
        unsigned at = hash(&w) % MOST;

        while (me->count[at].times > 0 && strcmp(me->count[at].word.letters, w.letters) != 0)
            at = (at + 1) % MOST;
        me->count[at].word = w;
        if (me->count[at].times++ == 0 && ++me->words == MOST - 1) {
            fprintf(stderr, "words: too many different words\n");
            exit(1);
        }
    }
}

// The more frequent ones first; of equals, by the alphabet.
static int
by_times(const void *a, const void *b)
{
    const struct count *x = a, *y = b;

    return x->times != y->times ? y->times - x->times
                                : strcmp(x->word.letters, y->word.letters);
}

static int
go_main(int argc, char **argv)
{
    char *usual[] = { argv[0], "LICENSE" };
    char **files = argc > 1 ? argv : usual;
    struct go_waitgroup readers = {0}, counters = {0};

    if (argc < 2)
        argc = 2;
    for (int i = 0; i < COUNTERS; i++) {
        counter[i].in = go_make_chan(struct word, 64);
        counter[i].count = calloc(MOST, sizeof(struct count));
        go_waitgroup_go(&counters, counts, &counter[i]);
    }
    for (int i = 1; i < argc; i++)
        go_waitgroup_go(&readers, takes_apart, files[i]);

    // Nothing more comes when the last file is read; then the counts stand.
    go_waitgroup_wait(&readers);
    for (int i = 0; i < COUNTERS; i++)
        go_close(counter[i].in);
    go_waitgroup_wait(&counters);

    struct count best[COUNTERS * SHOWN];
    int words = 0;

    for (int i = 0; i < COUNTERS; i++) {
        qsort(counter[i].count, MOST, sizeof(struct count), by_times);
        memcpy(&best[i * SHOWN], counter[i].count, SHOWN * sizeof(struct count));
        words += counter[i].words;
        free(counter[i].count);
        go_free_chan(counter[i].in);
    }
    qsort(best, COUNTERS * SHOWN, sizeof(struct count), by_times);
    for (int i = 0; i < SHOWN && best[i].times > 0; i++)
        printf("%6d %s\n", best[i].times, best[i].word.letters);
    printf("%d different words\n", words);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
