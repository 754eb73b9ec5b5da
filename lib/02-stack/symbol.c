/** @file symbol.c  Looking up a function and a line in the program's own file.
 *
 * The C library knows only the names that the dynamic linker needs (dladdr),
 * and no static function is among them. The file has the full table, unless
 * it was stripped; then the dynamic one must do.
 */
#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

#include "runtime.h"

#include "section.h"
#include "symbol.h"

struct object {
    uintptr_t pc;               // wanted
    uintptr_t base;             // found: what is added to addresses in the file
    char path[256];
};

static int
look(struct dl_phdr_info *info, size_t bytes, void *arg)
{
    struct object *o = arg;

    (void)bytes;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        const uintptr_t start = info->dlpi_addr + segment->p_vaddr;

        if (segment->p_type != PT_LOAD || o->pc < start ||
            o->pc >= start + segment->p_memsz)
            continue;
        o->base = info->dlpi_addr;
        snprintf(o->path, sizeof(o->path), "%s", info->dlpi_name);
        return 1;
    }
    return 0;
}

// The file at path in memory, NULL if it cannot be. The last one is kept.
static const void *
mapped(const char *path, size_t *bytes)
{
    static char last[256];
    static const void *file;
    static size_t size;

    if (file == NULL || strcmp(path, last) != 0) {
        if (file != NULL)
            world.unmap((void *)file, size);
        file = world.map_file(path[0] != '\0' ? path : "/proc/self/exe", &size);
        snprintf(last, sizeof(last), "%s", path);
    }
    *bytes = size;
    return file;
}

// ---- The function ----------------------------------------------------------

static Elf64_Sym
entry(const struct section *table, size_t i)
{
    Elf64_Sym sym;

    memcpy(&sym, table->start + i * sizeof(sym), sizeof(sym));
    return sym;
}

// The function of table that address is in: the nearest that begins before it.
// One written in assembly may have no size, and ends where the next begins.
static bool
function_at(const struct section *table, uintptr_t address, Elf64_Sym *best)
{
    *best = (Elf64_Sym){ 0 };
    for (size_t i = 0; i < table->bytes / sizeof(*best); i++) {
        const Elf64_Sym sym = entry(table, i);

        if (ELF64_ST_TYPE(sym.st_info) != STT_FUNC ||
            sym.st_shndx == SHN_UNDEF || sym.st_value > address ||
            sym.st_value < best->st_value)
            continue;
        // Of several names for one place, one with a size.
        if (sym.st_value > best->st_value || sym.st_size > best->st_size)
            *best = sym;
    }
    return best->st_value != 0 &&
           (best->st_size == 0 || address - best->st_value < best->st_size);
}

// Name the function at s->address, by these sections of the file.
static bool
name_by(const void *file, size_t bytes, const char *symbols, const char *texts,
        struct symbol *s)
{
    struct section table, text;
    Elf64_Sym sym;

    if (!section_find(file, bytes, symbols, &table) ||
        !section_find(file, bytes, texts, &text) ||
        !function_at(&table, s->address, &sym) || sym.st_name >= text.bytes)
        return false;

    const size_t left = text.bytes - sym.st_name;

    s->start = sym.st_value;
    snprintf(s->name, sizeof(s->name), "%.*s",
             (int)(left < sizeof(s->name) ? left : sizeof(s->name)),
             (const char *)text.start + sym.st_name);
    return true;
}

// ---- All of it -------------------------------------------------------------

static bool
find(uintptr_t pc, struct symbol *s)
{
    struct object o = { .pc = pc };
    size_t bytes;

    *s = (struct symbol){ .address = pc };
    if (!dl_iterate_phdr(look, &o))
        return false;
    s->address = pc - o.base;
    if (o.path[0] != '\0')
        snprintf(s->object, sizeof(s->object), "%s", o.path);
    else if (world.program(s->object, sizeof(s->object)) < 0)
        snprintf(s->object, sizeof(s->object), "program");

    const void *file = mapped(o.path, &bytes);

    if (file == NULL)
        return true;
    if (!name_by(file, bytes, ".symtab", ".strtab", s))
        name_by(file, bytes, ".dynsym", ".dynstr", s);
    line_find(file, bytes, s->address, &s->line);
    return true;
}

// All tables are read for each answer, and many goroutines stand at few places.
bool
symbol_find(uintptr_t pc, struct symbol *s)
{
    static struct answer {
        uintptr_t pc;
        bool found;
        struct symbol symbol;
    } kept[32];
    static unsigned n;
    struct answer *a = NULL;

    for (unsigned i = 0; i < n && i < 32 && a == NULL; i++)
        if (kept[i].pc == pc)
            a = &kept[i];
    if (a == NULL) {
        a = &kept[n++ % 32];
        a->pc = pc;
        a->found = find(pc, &a->symbol);
    }
    *s = a->symbol;
    return a->found;
}
