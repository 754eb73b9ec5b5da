/** @file section.c  Finding a section of an ELF file by its name.
 *
 * Whatever the file says is checked before it is believed: a dump must not
 * fail because a file on the disk is half written, or no program at all. For
 * the same reason headers are copied out, wherever they may lie.
 */
#include <elf.h>
#include <string.h>

#include "section.h"

struct file {
    const unsigned char *start;
    size_t bytes;
    Elf64_Ehdr head;
};

static bool
read_head(struct file *f)
{
    const Elf64_Ehdr *head = &f->head;

    if (f->bytes < sizeof(*head))
        return false;
    memcpy(&f->head, f->start, sizeof(*head));
    return memcmp(head->e_ident, ELFMAG, SELFMAG) == 0 &&
           head->e_ident[EI_CLASS] == ELFCLASS64 &&
           head->e_ident[EI_DATA] == ELFDATA2LSB &&
           head->e_shentsize == sizeof(Elf64_Shdr) &&
           head->e_shoff <= f->bytes &&
           head->e_shnum <= (f->bytes - head->e_shoff) / sizeof(Elf64_Shdr);
}

static Elf64_Shdr
header(const struct file *f, size_t i)
{
    Elf64_Shdr h;

    memcpy(&h, f->start + f->head.e_shoff + i * sizeof(h), sizeof(h));
    return h;
}

static bool
contents(const struct file *f, const Elf64_Shdr *h, struct section *s)
{
    if (h->sh_type == SHT_NOBITS || h->sh_flags & SHF_COMPRESSED ||
        h->sh_offset > f->bytes || h->sh_size > f->bytes - h->sh_offset)
        return false;
    s->start = f->start + h->sh_offset;
    s->bytes = h->sh_size;
    return true;
}

bool
section_find(const void *file, size_t bytes, const char *name,
             struct section *s)
{
    const size_t length = strlen(name) + 1;
    struct file f = { .start = file, .bytes = bytes };
    struct section names;

    if (!read_head(&f) || f.head.e_shstrndx >= f.head.e_shnum)
        return false;

    Elf64_Shdr h = header(&f, f.head.e_shstrndx);

    if (!contents(&f, &h, &names))
        return false;
    for (size_t i = 0; i < f.head.e_shnum; i++) {
        h = header(&f, i);
        if (h.sh_name < names.bytes && names.bytes - h.sh_name >= length &&
            memcmp(names.start + h.sh_name, name, length) == 0)
            return contents(&f, &h, s);
    }
    return false;
}
