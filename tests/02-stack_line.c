/** @file 02-stack_line.c  Which line is at an address: as addr2line says, and
 * from damaged files, too.
 *
 *     02-stack_line lookup FILE       a line for each address on standard input
 *     02-stack_line damaged FILE      thousands of copies with wrong bytes
 *     02-stack_line dump N            a fatal error while N goroutines wait
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime.h"

#include "line.h"
#include "section.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); exit(1); } } while (0)

// ---- As addr2line ----------------------------------------------------------

static void
lookup(const char *path)
{
    unsigned long address;
    struct line line;
    size_t bytes;
    const void *file = world.map_file(path, &bytes);

    REQUIRE(file != NULL);
    while (scanf("%lx", &address) == 1)
        if (line_find(file, bytes, address, &line))
            printf("%s:%u\n", line.file, line.number);
        else
            printf("?\n");
}

// ---- Damage ----------------------------------------------------------------

// A file of nothing but the sections that line_find reads. Each in turn is the
// last, so that the end of the memory is its end: a sanitizer sees who reads on.
enum { PARTS = 4 };

static const char *const part_name[PARTS] = {
    ".debug_line", ".debug_line_str", ".debug_str", ".shstrtab",
};
static const char names[] = "\0.debug_line\0.debug_line_str\0.debug_str\0.shstrtab";

static uint64_t
place_of(const char *name)
{
    for (size_t i = 1; i < sizeof(names); i++)
        if (strcmp(names + i, name) == 0 && names[i - 1] == '\0')
            return i;
    abort();
}

static unsigned char *
small_file(const struct section *part, unsigned last, size_t *bytes)
{
    Elf64_Ehdr head = {
        .e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB },
        .e_shoff = sizeof(head),
        .e_shentsize = sizeof(Elf64_Shdr),
        .e_shnum = PARTS,
        .e_shstrndx = 3,
    };
    Elf64_Shdr header[PARTS];
    size_t end = sizeof(head) + sizeof(header);

    for (unsigned k = 1; k <= PARTS; k++) {
        const unsigned i = (last + k) % PARTS;

        header[i] = (Elf64_Shdr){
            .sh_type = SHT_PROGBITS,
            .sh_name = (uint32_t)place_of(part_name[i]),
            .sh_offset = end,
            .sh_size = part[i].bytes,
        };
        end += part[i].bytes;
    }

    unsigned char *file = malloc(*bytes = end);

    REQUIRE(file != NULL);
    memcpy(file, &head, sizeof(head));
    memcpy(file + sizeof(head), header, sizeof(header));
    for (unsigned i = 0; i < PARTS; i++)
        if (part[i].bytes > 0)
            memcpy(file + header[i].sh_offset, part[i].start, part[i].bytes);
    return file;
}

static uint64_t
any_number(void)
{
    static uint64_t x = 88172645463325252;

    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return x;
}

// Most damage is to .debug_line. Its first bytes count: a wrong length there
// and the rest is never read.
static size_t
any_place(size_t bytes, size_t line, size_t line_bytes)
{
    switch (any_number() % 8) {
    case 0:
        return any_number() % bytes;
    case 1:
        return line + any_number() % (line_bytes < 80 ? line_bytes : 80);
    default:
        return line + any_number() % line_bytes;
    }
}

static void
damaged(const char *path)
{
    static const unsigned char tempting[] = { 0, 1, 0x7f, 0x80, 0xff };
    const char *rounds = getenv("CHECK_ROUNDS");
    struct section part[PARTS] = { 0 };
    unsigned known = 0;
    size_t bytes;
    const void *whole = world.map_file(path, &bytes);

    REQUIRE(whole != NULL);
    for (unsigned i = 0; i < PARTS - 1; i++)
        section_find(whole, bytes, part_name[i], &part[i]);
    part[3] = (struct section){ (const unsigned char *)names, sizeof(names) };
    REQUIRE(part[0].bytes > 0);
    for (int round = rounds != NULL ? atoi(rounds) : 2000; round > 0; round--) {
        size_t n;
        unsigned char *file = small_file(part, (unsigned)round % PARTS, &n);
        struct section line;
        struct line found;

        REQUIRE(section_find(file, n, ".debug_line", &line));
        for (uint64_t k = any_number() % 16; k > 0; k--) {
            const uint64_t how = any_number();

            file[any_place(n, (size_t)(line.start - file), line.bytes)] =
                how & 1 ? (unsigned char)(how >> 8)
                        : tempting[(how >> 8) % sizeof(tempting)];
        }
        for (uintptr_t a = 1; a != 0; a <<= 9)
            known += line_find(file, n, a - 1, &found) +
                     line_find(file, n, a | any_number() % 0x4000, &found);
        // Cut off anywhere.
        line_find(file, any_number() % n, 0x1200, &found);
        free(file);
    }
    REQUIRE(known > 0);
}

// ---- A dump ----------------------------------------------------------------

static struct go_waitgroup never;
static volatile int waiting, after;

__attribute__((noinline)) static void
work(void)
{
    waiting++;
    go_waitgroup_wait(&never);              // a goroutine waits here
    after++;
}

// With GOMAXPROCS=1, so that whoever has counted itself waits by now.
static int
dump(int argc, char **argv)
{
    const int n = argc == 3 ? atoi(argv[2]) : 0;

    go_waitgroup_add(&never, 1);
    for (int i = 0; i < n; i++)
        go(work);
    while (waiting < n)
        go_gosched();
    fatal("dump: as asked");                // goroutine 1 fails here
}

int
main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "lookup") == 0)
        lookup(argv[2]);
    else if (argc == 3 && strcmp(argv[1], "damaged") == 0)
        damaged(argv[2]);
    else if (argc == 3 && strcmp(argv[1], "dump") == 0)
        return go_run(dump, argc, argv);
    else
        fprintf(stderr, "02-stack_line: which scenario?\n");
    return 0;
}
