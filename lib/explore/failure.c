/** @file failure.c  An execution fails: what is said, and the way out of it.
 *
 * Whoever finds a failure stands on the stack of a played thread, which is
 * simply left there.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine.h"

_Noreturn void
engine_leave(void)
{
    struct gobuf nowhere;

    gobuf_switch(&nowhere, &explorer->driver, NULL);
    __builtin_unreachable();
}

void
engine_fail(const char *file, int line, const char *format, ...)
{
    va_list args;

    if (explorer->failed)
        return;
    explorer->failed = true;
    explorer->fail_file = file;
    explorer->fail_line = line;
    va_start(args, format);
    vsnprintf(explorer->failure, sizeof(explorer->failure), format, args);
    va_end(args);
}

void
explore_fail(const char *file, int line, const char *what)
{
    engine_fail(file, line, "%s", what);
    engine_leave();
}

void
explore_text(const char *text, size_t bytes)
{
    struct explorer *x = explorer;
    size_t room = sizeof(x->text) - 1 - x->text_bytes;

    if (bytes > room)
        bytes = room;
    memcpy(x->text + x->text_bytes, text, bytes);
    x->text_bytes += bytes;
    x->text[x->text_bytes] = '\0';
}

void
explore_exit(int status)
{
    struct explorer *x = explorer;
    const char *expect = x->check->expect;

    x->ended = true;
    if (expect == NULL || strncmp(x->text, expect, strlen(expect)) != 0) {
        x->text[strcspn(x->text, "\n")] = '\0';
        engine_fail(x->current->at.file, x->current->at.line,
                "the runtime ends the process (%d): %s", status, x->text);
    }
    engine_leave();
}
