/** @file symbol.c  Looking up the name of a function in the program's own file.
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
static const char *
mapped(const char *path, size_t *bytes)
{
    static char last[256];
    static const char *file;
    static size_t size;

    if (file == NULL || strcmp(path, last) != 0) {
        file = world.map_file(path[0] != '\0' ? path : "/proc/self/exe", &size);
        snprintf(last, sizeof(last), "%s", path);
    }
    *bytes = size;
    return file;
}

// The section of this type, NULL if there is none that lies within the file.
static const ElfW(Shdr) *
section(const char *file, size_t bytes, uint32_t type)
{
    const ElfW(Ehdr) *head = (const ElfW(Ehdr) *)file;

    if (bytes < sizeof(*head) || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 ||
        head->e_shoff > bytes ||
        head->e_shnum > (bytes - head->e_shoff) / sizeof(ElfW(Shdr)))
        return NULL;

    const ElfW(Shdr) *all = (const ElfW(Shdr) *)(file + head->e_shoff);

    for (int i = 0; i < head->e_shnum; i++) {
        const ElfW(Shdr) *s = &all[i];

        if (s->sh_type == type && s->sh_offset <= bytes &&
            s->sh_size <= bytes - s->sh_offset && s->sh_link < head->e_shnum &&
            all[s->sh_link].sh_offset <= bytes &&
            all[s->sh_link].sh_size <= bytes - all[s->sh_link].sh_offset)
            return s;
    }
    return NULL;
}

// The function in table that contains address; its name goes to name.
static bool
name_in(const char *file, const ElfW(Shdr) *table, uintptr_t address,
        char *name, size_t room)
{
    const ElfW(Ehdr) *head = (const ElfW(Ehdr) *)file;
    const ElfW(Shdr) *all = (const ElfW(Shdr) *)(file + head->e_shoff);
    const ElfW(Shdr) *text = &all[table->sh_link];
    const ElfW(Sym) *sym = (const ElfW(Sym) *)(file + table->sh_offset);

    for (size_t i = 0; i < table->sh_size / sizeof(*sym); i++) {
        if (ELF64_ST_TYPE(sym[i].st_info) != STT_FUNC ||
            address - sym[i].st_value >= sym[i].st_size ||
            sym[i].st_name >= text->sh_size)
            continue;
        snprintf(name, room, "%s", file + text->sh_offset + sym[i].st_name);
        return true;
    }
    return false;
}

bool
symbol_find(uintptr_t pc, struct symbol *s)
{
    struct object o = { .pc = pc };
    size_t bytes;

    *s = (struct symbol){ .address = pc };
    if (!dl_iterate_phdr(look, &o))
        return false;
    s->address = pc - o.base;

    const char *file = mapped(o.path, &bytes);

    if (o.path[0] != '\0')
        snprintf(s->object, sizeof(s->object), "%s", o.path);
    else if (world.program(s->object, sizeof(s->object)) < 0)
        snprintf(s->object, sizeof(s->object), "program");
    for (int i = 0; i < 2 && file != NULL && s->name[0] == '\0'; i++) {
        const ElfW(Shdr) *table = section(file, bytes, i ? SHT_DYNSYM
                                                         : SHT_SYMTAB);

        if (table != NULL)
            name_in(file, table, s->address, s->name, sizeof(s->name));
    }
    return true;
}
