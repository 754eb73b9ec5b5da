/** @file text.c  Texts as keys of a map: the functions of GO_MAP_OF_TEXTS. */
#include "text.h"

#include <stdlib.h>

#include "runtime.h"

seed_t text_seed;

uint64_t
text_seed_choose(void)
{
    uint64_t now = 0, mine = 0;

    if (world.random(&mine, sizeof(mine)) != 0 || mine == 0)
        mine = (uint64_t)world.now() | 1;
    // If it fails, another thread has chosen.
    return atomic_cas(&text_seed, &now, mine) ? mine : now;
}

uint64_t
go_string_hash(const void *text)
{
    return text_hash(text);
}

bool
go_string_equal(const void *a, const void *b)
{
    return strcmp(a, b) == 0;
}

void *
go_string_copy(const void *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = malloc(bytes);

    if (copy == NULL)
        fatal("go_string_copy: no memory for %zu bytes", bytes);
    return memcpy(copy, text, bytes);
}

void
go_string_free(void *text)
{
    free(text);
}
