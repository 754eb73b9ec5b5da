/** @file 05-preempt_is-user-text.c  Is it told whose code is at an address? */
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <link.h>

#include "check.h"
#include "runtime.h"
#include "usertext.h"

#define HIDDEN __attribute__((visibility("hidden")))
extern HIDDEN const char __start_go_text[];
extern HIDDEN const char __stop_go_text[];

static bool known;              // whether it can be told at all, in this build
static uintptr_t lo, hi;        // of the program's code, as its file says

static int variable = 1;

static void
find_code(void)
{
    const ElfW(Phdr) *head = (const ElfW(Phdr) *)getauxval(AT_PHDR);
    uintptr_t bias = 0;

    lo = UINTPTR_MAX;
    for (unsigned long i = 0; i < getauxval(AT_PHNUM); i++)
        if (head[i].p_type == PT_PHDR)
            bias = (uintptr_t)head - head[i].p_vaddr;
    for (unsigned long i = 0; i < getauxval(AT_PHNUM); i++) {
        if (head[i].p_type != PT_LOAD || !(head[i].p_flags & PF_X))
            continue;
        if (bias + head[i].p_vaddr < lo)
            lo = bias + head[i].p_vaddr;
        if (bias + head[i].p_vaddr + head[i].p_memsz > hi)
            hi = bias + head[i].p_vaddr + head[i].p_memsz;
    }
}

static void
must_be(bool users, uintptr_t address, const char *name, const char *what,
        const char *why)
{
    step("asking whose code is at an address");

    const bool is = is_user_text(address);

    if (is != users)
        fail(what, why, "%s: is_user_text(%#lx) is %s", name,
             (unsigned long)address, is ? "true" : "false");
}

static const char not_found[] = "The user's own code is not taken for it.";
static const char not_found_why[] =
    "A goroutine that computes there would never be stopped.";

static void
the_users(void)
{
    must_be(true, (uintptr_t)find_code, "a function of this program", not_found, not_found_why);
    must_be(true, (uintptr_t)__start_go_text - 1, "the byte before the runtime's section",
            not_found, not_found_why);
}

static void
the_runtimes(void)
{
    static const char what[] = "Code of the runtime is taken for the user's.";
    static const char why[] =
        "The runtime is linked into the program. Stopped in the middle of a "
        "protocol, it would break it. is_ours knows its section.";

    must_be(false, (uintptr_t)g_switch, "g_switch", what, why);
    must_be(false, (uintptr_t)__start_go_text, "the first byte of its section", what, why);
    must_be(false, (uintptr_t)__stop_go_text - 1, "the last byte of its section", what, why);
}

static void
others(void)
{
    static const char above[] = "Code behind the program's is taken for the user's.";
    static const char below[] = "Code before the program's is taken for the user's.";
    static const char why[] =
        "Libraries lie there. Stopped in malloc, a goroutine keeps a lock that "
        "its thread wants. The code ends before text.hi.";

    must_be(false, (uintptr_t)dl_iterate_phdr, "a function of the C library",
            (uintptr_t)dl_iterate_phdr >= hi ? above : below, why);
    must_be(false, hi, "the first byte behind the code", above, why);
    must_be(false, UINTPTR_MAX, "the last address of all", above, why);
    must_be(false, lo - 1, "the byte before the code", below, why);
    must_be(false, 0, "address 0", below, why);
    must_be(false, (uintptr_t)&variable, "a variable", above, why);
}

// The first byte is the user's, unless the linker has put ours there.
static void
the_ends(void)
{
    if (lo != (uintptr_t)__start_go_text)
        must_be(true, lo, "the first byte of the code", not_found, not_found_why);
}

int
main(void)
{
    known = usertext_init();
    // An emulator loads programs in its own way, a sanitizer too: then there
    // may be nothing to ask.
    if (!known)
        return 0;
    find_code();
    ask(the_users);
    ask(the_runtimes);
    ask(others);
    ask(the_ends);
    return asked();
}
