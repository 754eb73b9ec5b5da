/** @file schedule.c  A schedule as text: short enough for a message, an argument
 * and an address of the web.
 *
 * The usual choices are left out. Each deviation is how many choices came
 * since the last one, in base 36, and who went on: A is thread 0, B is thread 1;
 * after a minus sign the oldest store of that thread is seen.
 *
 *     7B3A-0B     seven choices as usual, then thread 1; three more, then
 *                 thread 0; at the next choice a store of thread 1 is seen
 */
#include <stdio.h>
#include <string.h>

#include "engine.h"

static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static size_t
write_number(unsigned n, char *text)
{
    char reversed[8];
    size_t length = 0, i = 0;

    do {
        reversed[length++] = digits[n % 36];
        n /= 36;
    } while (n > 0);
    while (length > 0)
        text[i++] = reversed[--length];
    return i;
}

void
schedule_write(const struct schedule *s, char *text, size_t room)
{
    size_t used = 0;
    int last = -1;

    text[0] = '\0';
    for (int i = 0; i < s->n && used + 12 < room; i++) {
        int actor = s->d[i].actor;

        if (actor >= FLUSH)
            text[used++] = '-';
        used += write_number((unsigned)(s->d[i].n - last - 1), text + used);
        text[used++] = (char)('A' + actor % FLUSH);
        text[used] = '\0';
        last = s->d[i].n;
    }
    if (s->n == 0)
        snprintf(text, room, "usual");
}

// NULL, or what is wrong with text.
const char *
schedule_read(const char *text, struct schedule *s)
{
    int n = -1;

    s->n = 0;
    if (strcmp(text, "usual") == 0)
        return NULL;
    while (*text != '\0') {
        int actor = *text == '-' ? FLUSH : 0;
        int delta = 0;

        text += *text == '-';
        if (strchr(digits, *text) == NULL)
            return "a number is missing before a letter";
        while (*text != '\0' && strchr(digits, *text) != NULL && delta < 100000)
            delta = delta * 36 + (int)(strchr(digits, *text++) - digits);
        if (*text < 'A' || *text >= 'A' + THREADS)
            return "after each number there must be a thread, A to P";
        if (s->n == MOST_DEVIATIONS)
            return "it is too long";
        n += delta + 1;
        s->d[s->n++] = (struct deviation){ n, actor + *text++ - 'A' };
    }
    return NULL;
}
