/** @file godebug.c  Reading GODEBUG. Mirrors Go's runtime/runtime1.go. */
#include <string.h>

#include "stack.h"

#include "godebug.h"

struct godebug godebug = { .stacksize = STACK_DEFAULT };

bool
number(const char *value, size_t length, size_t min, size_t max, size_t *result)
{
    size_t n = 0;

    if (length == 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (value[i] < '0' || value[i] > '9')
            return false;
        if (n > (max - (size_t)(value[i] - '0')) / 10)
            return false;
        n = n * 10 + (size_t)(value[i] - '0');
    }
    if (n < min || n > max)
        return false;
    *result = n;
    return true;
}

static void
refuse(const char *word, size_t length, const char *why)
{
    char text[256];
    int n = snprintf(text, sizeof(text),
                     "runtime: GODEBUG=%.*s is ignored: %s\n",
                     length < 100 ? (int)length : 100, word, why);

    world.write(text, (size_t)n);
}

static bool
is(const char *word, size_t length, const char *name)
{
    return strlen(name) == length && memcmp(word, name, length) == 0;
}

static void
setting(const char *word, size_t length)
{
    const char *equals = memchr(word, '=', length);

    if (length == 0)
        return;
    if (equals == NULL) {
        refuse(word, length, "expected name=value");
        return;
    }

    const size_t name = (size_t)(equals - word);
    const char *value = equals + 1;
    const size_t rest = length - name - 1;
    size_t n;

    if (is(word, name, "stacksize")) {
        if (number(value, rest, STACK_MIN, (size_t)1 << 40, &n))
            godebug.stacksize = n;
        else
            refuse(word, length, "expected a number of bytes, 16384 or more");
    } else if (is(word, name, "asyncpreemptoff")) {
        if (number(value, rest, 0, 1, &n))
            godebug.asyncpreemptoff = n == 1;
        else
            refuse(word, length, "expected 0 or 1");
    } else if (is(word, name, "stackfill")) {
        if (number(value, rest, 0, 1, &n))
            godebug.stackfill = n == 1;
        else
            refuse(word, length, "expected 0 or 1");
    } else if (is(word, name, "schedtrace")) {
        if (number(value, rest, 0, 1000000000, &n))
            godebug.schedtrace = n;
        else
            refuse(word, length, "expected a number of milliseconds");
    } else if (is(word, name, "scheddetail")) {
        if (number(value, rest, 0, 1, &n))
            godebug.scheddetail = n == 1;
        else
            refuse(word, length, "expected 0 or 1");
    } else {
        refuse(word, length, "there is no such setting");
    }
}

void
godebug_read(void)
{
    const char *word = world.environment("GODEBUG");

    godebug = (struct godebug){ .stacksize = STACK_DEFAULT };
    while (word != NULL && *word != '\0') {
        size_t length = strcspn(word, ",");

        setting(word, length);
        word += length + (word[length] == ',');
    }
}
