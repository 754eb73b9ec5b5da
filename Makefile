# libgoroutine, and the workbook in which you build it. This is the manual.
#
#   make               first: install what is missing, build, lay out work/;
#                      then always: the board. Where am I, what next?
#   make try           check the current exercise (LAB=1.2: another one;
#                      A=b: the answer to a prediction; LAB=recall: a question
#                      about what you did some days ago)
#   make watch         the same each time that you save; Ctrl-C ends it
#   make hint          the next of three hints for it
#   make diff          your version against the book's (PEEK=1: before it passes)
#   make reset         start the exercise again; a copy is kept
#   make next          go on to the next exercise
#   make goto LAB=1.4  jump there (FROM=book: what comes before is the book's)
#   make run P=labs/01-context/generator ARGS=...    run a program
#   make draw P=...    the same, and a picture of what its goroutines did
#   make book          build the book: build/book/html/index.html
#   make read          open it where you are (LAB=1.4: at another exercise)
#   make blame         which of your bodies makes a test fail (P=...: a program)
#   make update        merge a new edition into your files
#   make submit        pack your work into one file: build/submit.tar
#   make grade WHO=dir for teachers: what each one in dir has handed in, as a
#                      table, JSON and JUnit (HIDDEN=dir: with your own checks)
#   make doctor        mend what belongs to work/, and report
#   make test          check everything, as before a release (PART=1: one part)
#   make soak          what takes too long for that: many seeds, many signals
#   make explore       try every order of the runtime's protocols (S=lock: one)
#   make replay        the last failure of make try, step by step (S=...: the
#                      one of this string; GDB=1: in gdb)
#   make bench         measure: build/bench.tsv (BENCH=yield: those workloads)
#   make numbers       measure the book's figures anew (PART=1: of one part)
#   make install PREFIX=/usr/local     the library, for programs outside
#   make clean         remove what was built; work/ stays
#   make help          this text
#
# What a build is made of, for all of the above:
#
#   CHAPTER=1          parts 1 to this one; the later ones do not exist yet
#   MINE=all           your files in work/ stand over ours (or MINE=01-context)
#   HISTORY=01-context/ret   an older design of a part stands over today's
#   WRONG=forgets-rbx  the program is linked with a mistake of solutions/
#   SAN=address        or thread, or undefined: with a sanitizer; runtime: with
#                      ThreadSanitizer, for races within the runtime itself
#   EXPLORE=1          threads are played, and every order is tried
#   TRACE=1            what goroutines, threads and p's do is written down, to
#                      the file that GO_TRACE names (make draw does the rest)
#   FAULTS=1           the kernel answers as GO_FAULT says, for tests of what
#                      can fail (lib/01-context/faults/faults.c has the rules)
#   MACHINE=aarch64    or x86_64: for another machine, run by qemu
#   CC=clang OPT=-O0   another compiler, other optimisation
#   BUILD=dir WORK=dir another place for what is made, and for your files
#
# One make builds one such choice, in build/NAME. It is composed first, flat,
# in build/NAME/src (lib/tools/compose has the rule), and then compiled.

# The table of contents. Nothing below knows a part by its name.
PARTS := 01-context 02-stack 03-gmp 04-steal 05-preempt 06-chan 07-sync

# (Not ?=, which takes an empty one from the environment: /obj, /01-context.)
BUILD  := $(or $(BUILD),build)
WORK   := $(or $(WORK),work)
PREFIX ?= /usr/local

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
# Every tool speaks and sorts as on any other machine. (Not bash here: it warns
# of a language that is not installed before this can help.)
export LC_ALL := C
SHELL := /bin/sh
space := $(subst ,, )
comma := ,

# A line for each thing made; V=1 shows the commands instead, make -s nothing.
Q := $(if $(V),,@)
quiet := $(or $(V),$(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS)))))
made = $(if $(quiet),,@echo '  $1')

# ---- What is asked for, and do we know it? ---------------------------------

# Stop, and offer the nearest, if variable $1 is none of the words $2.
one-of = $(foreach w,$(filter-out $2,$($1)),$(error $1=$w: there is no such \
  choice. $(if $2,Nearest: $1=$(shell labs/tools/nearest '$(subst ','\'',$w)' \
  $2)$(if $(word 9,$2),,. There are: $2),There is none on this machine)))

# Some say CI=false where they mean none.
override CI := $(filter-out 0 false False FALSE no off,$(CI))

# make takes a name with a space in it for two.
$(foreach v,BUILD WORK PREFIX HIDDEN,$(if $(word 2,$($v)),$(error $v=$($v): a name \
  with a space in it cannot be used here. Choose another folder)))

HOST      := $(shell uname -m)
MACHINE   ?= $(HOST)
NUMBERS   := $(foreach p,$(PARTS),$(patsubst 0%,%,$(firstword $(subst -, ,$p))))
# An older design may be there for some machines only.
HISTORIES := $(sort $(patsubst lib/%/,%,$(subst /history/,/,$(patsubst %/$(MACHINE)/,%/,$(dir \
  $(wildcard lib/*/history/*/*.[chS] lib/*/history/*/$(MACHINE)/*))))))
MARKS     := $(if $(ONLY),$(shell grep -rhoE '// \[lab [a-z0-9-]+\]$$' lib solutions | sed 's/.*lab //; s/]//' | sort -u))
MISTAKES  := $(filter %.c %.S,$(wildcard solutions/*/wrong-*.* solutions/*/$(MACHINE)/wrong-*.*))

$(call one-of,MACHINE,x86_64 aarch64)
$(call one-of,CHAPTER,$(NUMBERS))
$(call one-of,PART,$(NUMBERS))
$(call one-of,MINE,all $(PARTS))
$(call one-of,HISTORY,$(HISTORIES))
$(call one-of,ONLY,none $(MARKS))
$(call one-of,SAN,address thread undefined runtime)
$(call one-of,TRACE,1)
$(call one-of,EXPLORE,1)
$(call one-of,FAULTS,1)
$(call one-of,WRONG,$(patsubst wrong-%,%,$(basename $(notdir $(MISTAKES)))))

ifeq ($(origin CC),default)
  CC := $(if $(filter $(HOST),$(MACHINE)),gcc,$(MACHINE)-linux-gnu-gcc)
endif
ifeq ($(MACHINE),$(HOST))
  BINUTILS :=
  RUN :=
else
  BINUTILS := $(MACHINE)-linux-gnu-
  RUN := qemu-$(MACHINE) -L /usr/$(MACHINE)-linux-gnu
endif

# ---- Compose ---------------------------------------------------------------

OPT ?= -O2
B := $(BUILD)/$(subst $(space),-,$(strip $(MACHINE) $(filter-out %gcc,$(CC)) \
  $(filter-out -O2,$(OPT)) $(SAN) $(TRACE:1=trace) $(EXPLORE:1=explore) $(FAULTS:1=faults) \
  $(CHAPTER:%=ch%) $(subst /,-,$(HISTORY)) $(MINE:%=mine-%)))

# A part is meant by its number, not by its place in the list. These are the parts
# of the numbers $1.
numbered = $(foreach n,$1,$(filter $n-% 0$n-%,$(PARTS)))
CHAPTER_PARTS := $(if $(CHAPTER),$(call numbered,$(wordlist 1,$(CHAPTER), \
  1 2 3 4 5 6 7 8 9 10 11 12)),$(PARTS))
MINE_PARTS    := $(if $(filter all,$(MINE)),$(CHAPTER_PARTS),$(MINE))

# ThreadSanitizer sees races of the program only: the runtime tells it what
# orders goroutines, and is not looked at itself. Or the other way round.
SANITIZER := $(SAN:runtime=thread)

# The folders of part $1, each standing over the ones before it.
with-machine = $2=$1 $2=$1/$(MACHINE)
folders = $(call with-machine,lib/$1,lib) $(SANITIZER:%=lib=lib/$1/%) \
  $(SAN:%=lib=lib/$1/%) $(TRACE:1=lib=lib/$1/trace) \
  $(FAULTS:1=lib=lib/$1/faults) \
  $(if $(filter $1/%,$(HISTORY)), \
    $(call with-machine,lib/$1/history/$(notdir $(HISTORY)),lib)) \
  $(if $(filter $1,$(MINE_PARTS)),$(call with-machine,$(WORK)/$1,mine))
FOLDERS := lib=lib $(foreach p,$(CHAPTER_PARTS),$(call folders,$p)) $(EXPLORE:1=lib=lib/explore)

# A mistake is composed alone. (A finished program may have the name of a later
# part's file: so programs come first.) Its object is linked before the library, and so
# stands in for the sound one.
X := $(B)$(WRONG:%=/wrong/%)
MISTAKE  := $(firstword $(filter %/wrong-$(WRONG).c %/wrong-$(WRONG).S,$(MISTAKES)))
PROGRAMS := $(filter-out $(MISTAKES),$(wildcard solutions/*/*.c))

# At once, because the rules below ask which files there are.
compose = $(shell lib/tools/compose $1 1>&2)$(if $(filter-out 0,$(.SHELLSTATUS)), \
  $(error Nothing was built))

# `make help` and `make clean` need no sources, and always work.
ifneq ($(filter-out help clean,$(or $(MAKECMDGOALS),all)),)
  $(if $(shell command -v $(firstword $(CC)) 2>/dev/null),,$(error CC=$(CC): there is no \
    such compiler here. $(if $(RUN),Type: apt-get install \
    gcc-$(subst _,-,$(MACHINE))-linux-gnu libc6-dev-$(if $(filter aarch64,$(MACHINE)),arm64,amd64)-cross qemu-user,Install it$(comma) or leave CC alone)))
  $(call compose,$(B)/src $(FOLDERS) $(ONLY:%=only=%))
  $(if $(WRONG),$(call compose,$(X)/src $(PROGRAMS:%=lib=%) $(FOLDERS) wrong=$(MISTAKE)))
endif

# ---- Compile ---------------------------------------------------------------

# -Werror only where we check ourselves: tomorrow's compiler warns of more.
WARN   := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
          $(if $(CI),-Werror)
# DWARF 4, because Debian's Valgrind cannot read clang's 5.
CFLAGS ?= -g -gdwarf-4
# A function without its return would pass by luck: what it should return may
# lie in the right register anyway.
WARN   += -Werror=return-type
FLAGS  := -std=gnu17 -D_GNU_SOURCE -pthread $(OPT) $(WARN) $(CFLAGS) \
          $(SANITIZER:%=-fsanitize=% -fno-omit-frame-pointer) \
          $(if $(filter undefined,$(SAN)),-fno-sanitize-recover) \
          $(FAULTS:1=-iquote .) $(EXPLORE:1=-fno-strict-aliasing) \
          $(if $(filter thread,$(SANITIZER)),$(if $(findstring clang,$(CC)),,-Wno-tsan))
# The runtime jumps to code of its own and of shared libraries only. Stubs of the
# linker, and what libgcc adds for atomics, lie between the user's functions: a
# goroutine might be made to stop there, in the middle of the runtime
# (lib/05-preempt/usertext.h).
OWN_CALLS := -fno-plt $(if $(filter aarch64,$(MACHINE)),-mno-outline-atomics)
# C++ may throw through the runtime, which has things to end then (-fexceptions,
# lib/07-sync/ending.h).
LIBRARY_FLAGS := $(if $(filter thread,$(SAN)),$(filter-out -fsanitize=thread,$(FLAGS)),$(FLAGS)) \
          -fPIC -fvisibility=hidden -fexceptions $(OWN_CALLS) -I$(B)/src
# (An older design may want programs that are compiled in its own way.)
PROGRAM_FLAGS := $(FLAGS) -I$(B)/src -Itests/tools -Itests/tools/$(MACHINE) \
          $(if $(HISTORY),$(file <lib/$(subst /,/history/,$(HISTORY))/$(MACHINE)/flags))

SOURCES  := $(notdir $(wildcard $(B)/src/*.c $(B)/src/*.S))
OBJECTS  := $(SOURCES:%=$(B)/obj/%.o)
MISTAKEN := $(if $(WRONG),$(patsubst $(X)/src/%,$(X)/obj/%.o, \
              $(wildcard $(X)/src/*.c $(X)/src/*.S)))

# Compiler, flags, list of files, and the one header that is used if it is there:
# all is made anew when one of them changes. (Not for -Werror, which changes
# nothing in what is made.)
SETTING := $(CC) $(filter-out -Werror,$(LIBRARY_FLAGS) $(PROGRAM_FLAGS)) $(LDFLAGS) $(SOURCES) \
           $(wildcard /usr/include/valgrind/valgrind.h)
# (Stripped: of some lengths of a file, make 4.3 keeps the last newline.)
ifneq ($(wildcard $(B)/src),)
  ifneq ($(strip $(file <$(B)/setting)),$(strip $(SETTING)))
    $(file >$(B)/setting,$(SETTING))
  endif
endif

# All code of the runtime goes into a section of its own, so that it can be told
# from the user's (lib/05-preempt/usertext.h). No compiler has an option for it.
# (What is made with -flto is no code yet.)
OWN_TEXT := $(if $(findstring -flto,$(CFLAGS) $(OPT)),:,$(BINUTILS)objcopy) $(foreach s,text text.unlikely text.hot text.startup, \
  --rename-section .$s=go_text)

DEPENDENCIES = -MMD -MP -MF $@.d -MT $@
CHECK := $(addprefix $(B)/obj/check/,check.c.o $(MACHINE)/probe.S.o $(MACHINE)/bare.S.o $(MACHINE)/hold.S.o)

.PHONY: lib
lib: $(B)/libgoroutine.a $(B)/libgoroutine.so

$(B)/obj/%.o: $(B)/src/% $(B)/setting
	$(call made,compile  $<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LIBRARY_FLAGS) $(DEPENDENCIES) -c $< -o $@
	$(Q)$(OWN_TEXT) $@

# Named here as well, or make would take them for mere steps on the way to a
# check, and prefer the rule for programs, which needs none.
$(CHECK): $(B)/setting

$(B)/obj/check/%.o: tests/tools/%
	$(call made,compile  $<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(PROGRAM_FLAGS) $(DEPENDENCIES) -c $< -o $@

$(B)/wrong/%.o: $(B)/setting
	$(call made,compile  $@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LIBRARY_FLAGS) $(DEPENDENCIES) -c $(subst /obj/,/src/,$(@:.o=)) -o $@
	$(Q)$(OWN_TEXT) $@

$(MISTAKEN): $(X)/obj/%.o: $(X)/src/%

$(B)/libgoroutine.a: $(OBJECTS)
	$(call made,collect  $@)
	$(Q)rm -f $@
	$(Q)$(BINUTILS)ar rcs $@ $^

$(B)/libgoroutine.so: $(OBJECTS) lib/tools/exports.map
	$(call made,link     $@)
	$(Q)$(CC) $(FLAGS) -shared -Wl,-soname,libgoroutine.so.0,-z,now \
	  -Wl,--version-script=lib/tools/exports.map $(OBJECTS) $(LDFLAGS) -o $@

# Every program is one file: labs, demo programs, finished programs, checks. It
# is compiled once, whatever mistakes it is linked with. Its head may say what
# the linker must know ("Links: ...").
.PRECIOUS: $(B)/obj/program/%.o
$(B)/obj/program/%.o: %.c $(B)/setting
	$(call made,compile  $<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(PROGRAM_FLAGS) $(DEPENDENCIES) -c $< -o $@

links = $(shell sed -nE 's/^ \* Links: //p' $(patsubst $(B)/obj/program/%.o,%.c,$<))
define link
	$(call made,link     $@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(PROGRAM_FLAGS) $(filter %.c %.o,$^) $(B)/libgoroutine.a $(LDFLAGS) $(links) -lm -o $@
endef

$(X)/bin/tests/%: $(B)/obj/program/tests/%.o $(CHECK) $(MISTAKEN) $(B)/libgoroutine.a
	$(link)

# A teacher's own checks. There may be several folders of them: so compiled anew
# each time.
.PHONY: always
$(B)/obj/program/hidden/%.o: $(or $(HIDDEN),hidden)/%.c $(B)/setting always
	$(call made,compile  $<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(PROGRAM_FLAGS) -c $< -o $@

$(X)/bin/hidden/%: $(B)/obj/program/hidden/%.o $(CHECK) $(MISTAKEN) $(B)/libgoroutine.a
	$(link)

# The learner's, wherever work/ is today: so without a note of where it was.
$(X)/bin/work/%: $(WORK)/%.c $(B)/libgoroutine.a
	$(link)

$(X)/bin/%: $(B)/obj/program/%.o $(MISTAKEN) $(B)/libgoroutine.a
	$(link)

# A mistake in a whole program.
$(X)/mistaken: $(MISTAKEN) $(B)/libgoroutine.a
	$(link)

-include $(wildcard $(addsuffix .d,$(OBJECTS) $(MISTAKEN) $(CHECK)) $(B)/obj/program/*/*.d $(B)/obj/program/*/*/*.d)

# ---- Commands --------------------------------------------------------------

# (CC under another name: a make that is started for another machine would
# otherwise take ours for the user's wish.)
COMPILER := $(CC)
export WHO HIDDEN S GDB LIMIT FROM ALL MAKE BUILD WORK MACHINE SAN TRACE FAULTS RUN COMPILER LAB A P ARGS PEEK CHAPTER MINE HISTORY \
  WRONG PART B X PREFIX DESTDIR OPT OBJECTS BINUTILS HISTORIES

# What one types without more.
labs-of = $(patsubst %.c,$(B)/bin/%,$(wildcard $(1:%=labs/%/*.c) $(1:%=chapters/%/*.c)))
LABS := $(call labs-of,$(CHAPTER_PARTS))

.PHONY: all need book
all: need lib $(LABS) $(BUILD)/compile_commands.json book
	@labs/tools/board

# Without the book or a debugger, plain make goes on.
need:
	@labs/tools/need book $(if $(filter book,$(MAKECMDGOALS)),,learn || true)

.PHONY: board try watch hint diff reset next goto run draw read blame update submit grade doctor where
board try watch hint diff reset next goto run draw read blame update submit grade doctor:
	@labs/tools/$@

# For the commands: which build is meant? And: make P of it, and say where it is.
where:
	@echo $(X)

.PHONY: built
built: $(X)/$(P)
	@echo $<

book: | need
	@GOALS="$(MAKECMDGOALS)" book/tools/build

.PHONY: numbers
numbers: lib
	@book/tools/numbers

.PHONY: explore replay
explore replay:
	@tests/tools/$@

.PHONY: test parts lines soak soaked bench install uninstall clean help
test:
	@tests/tools/test

# The tests of each part, on one build: of one part only with its own programs. FAULTS
# has tests of its own.
checks-of = $(patsubst %.c,$(B)/bin/%,$(filter-out $(wildcard tests/*_explore*.c), \
              $(wildcard $(1:%=tests/%_*.c) $(1:%=tests/%-more_*.c))))
CHECKS := $(call checks-of,$(CHAPTER_PARTS))
TESTED := $(if $(PART),$(call numbered,$(PART)),$(CHAPTER_PARTS))
parts: lib $(if $(FAULTS),$(LABS) $(CHECKS),$(call labs-of,$(TESTED)) $(call checks-of,$(TESTED)))
	@tests/tools/parts $(if $(FAULTS),faults,$(TESTED))

# Lines in dumps, on one build.
lines: lib $(CHECKS)
	@bats --formatter tap tests/lines.bats

soak:
	@tests/tools/soak

# Long runs, on one build.
soaked: lib $(CHECKS)
	@bats --formatter tap tests/soak.bats

bench: lib
	@tests/tools/bench $(if $(HISTORY),$(firstword $(subst /, ,$(HISTORY))),$(if $(PART),$(call numbered,$(PART)),$(CHAPTER_PARTS)))

install: lib
	@lib/tools/install

uninstall:
	@lib/tools/install --remove

clean:
	rm -rf $(BUILD)

help:
	@sed -n '/^[^#]/q; /^$$/q; s/^# \{0,1\}//p' Makefile

# So that editors see what the compiler sees. A warning stays a warning there:
# a body that is not written yet may well have one.
$(BUILD)/compile_commands.json: $(B)/setting
	@lib/tools/compile-commands $(CC) $(filter-out -Werror%,$(LIBRARY_FLAGS)) >$@

# One wrong version: make wrong F=solutions/01-context/wrong-errno-after-switch.c
.PHONY: wrong
wrong:
	@tests/tools/wrong $(F)

# What every exercise must keep to; PART=1: those of one part.
.PHONY: gate
gate:
	@tests/tools/gate
