/** @file usertext.c  See usertext.h. Go has tables that its compiler wrote, of
 * the places where a goroutine may be stopped; this is what a C program has.
 */
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <string.h>

#include "runtime.h"

#include "usertext.h"

// The runtime's own code. The linker knows where a section begins and ends
// whose name could be a variable's.
#pragma GCC visibility push(hidden)
extern const char __start_go_text[];
extern const char __stop_go_text[];
#pragma GCC visibility pop

// From glibc 2.35 on.
extern __typeof__(_dl_find_object) _dl_find_object __attribute__((weak));

// Constant after usertext_init: the code of the program, and where its file
// begins in memory.
static struct { uintptr_t lo, hi; } text;
static void *program;

// (Named here, the section is there in any case.)
__attribute__((noinline, section("go_text"))) static bool
is_ours(uintptr_t address)
{
    return address >= (uintptr_t)__start_go_text &&
           address < (uintptr_t)__stop_go_text;
}

bool
usertext_init(void)
{
    const ElfW(Phdr) *headers = (const ElfW(Phdr) *)world.auxiliary(AT_PHDR);
    const unsigned long n = world.auxiliary(AT_PHNUM);
    struct dl_find_object found;
    uintptr_t bias = 0;

    // Code that was made with -flto is in no section of ours. Without a loader
    // there are no shared libraries.
    if (!is_ours((uintptr_t)g_switch) || headers == NULL ||
        world.auxiliary(AT_BASE) == 0 || _dl_find_object == NULL ||
        _dl_find_object((void *)headers, &found) != 0)
        return false;
    program = found.dlfo_map_start;
    text.lo = UINTPTR_MAX;
    text.hi = 0;
    for (unsigned long i = 0; i < n; i++)
        if (headers[i].p_type == PT_PHDR)
            bias = (uintptr_t)headers - headers[i].p_vaddr;
    for (unsigned long i = 0; i < n; i++) {
        if (headers[i].p_type != PT_LOAD || !(headers[i].p_flags & PF_X))
            continue;

        const uintptr_t lo = bias + headers[i].p_vaddr;
        const uintptr_t hi = lo + headers[i].p_memsz;

        text.lo = lo < text.lo ? lo : text.lo;
        text.hi = hi > text.hi ? hi : text.hi;
    }
    return text.lo < text.hi;
}

// The user's is what is code of the program, from text.lo up to text.hi, and not
// ours.
bool
is_user_text(uintptr_t address)
{
    // [lab is-user-text]
    return address >= text.lo && address < text.hi && !is_ours(address);
    // [lab is-user-text]
}

bool
is_library_text(uintptr_t address)
{
    struct dl_find_object found;

    if (is_ours(address) || _dl_find_object((void *)address, &found) != 0 ||
        found.dlfo_map_start == program)
        return false;

    // The file's own head is mapped where the file begins.
    const ElfW(Ehdr) *head = found.dlfo_map_start;

    if (memcmp(head->e_ident, ELFMAG, SELFMAG) != 0)
        return true;                            // who knows

    const ElfW(Phdr) *headers =
        (const ElfW(Phdr) *)((const char *)head + head->e_phoff);
    const uintptr_t at = address - found.dlfo_link_map->l_addr;

    for (unsigned i = 0; i < head->e_phnum; i++)
        if (headers[i].p_type == PT_LOAD && (headers[i].p_flags & PF_X) &&
            at - headers[i].p_vaddr < headers[i].p_memsz)
            return true;
    return false;
}
