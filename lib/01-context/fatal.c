/** @file fatal.c  The end of a process whose rules were broken.
 *
 * Go's words and Go's exit status: "fatal error: " and 2.
 * Mirrors fatal and throw in Go's runtime/panic.go.
 */
#include <stdarg.h>
#include <stdio.h>

#include "runtime.h"

// Write "fatal error: ", the text, and a newline to standard error in one
// piece, and exit with status 2.
_Noreturn void
fatal(const char *format, ...)
{
    static const char start[] = "fatal error: ";
    char line[256] = "fatal error: ";
    const size_t room = sizeof(line) - sizeof(start);
    va_list args;

    va_start(args, format);
    int n = vsnprintf(line + sizeof(start) - 1, room, format, args);
    va_end(args);

    size_t bytes = sizeof(start) - 1;

    if (n > 0)
        bytes += (size_t)n < room ? (size_t)n : room - 1;
    line[bytes++] = '\n';
    world.write(line, bytes);
    world.exit(2);
    __builtin_unreachable();
}
