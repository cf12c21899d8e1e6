# sunlot.  `make help` lists the targets.
#
# Everything that is built goes below $(BUILD).  Another compiler or other flags want another BUILD:
#     make BUILD=build/clang CC=clang

# ---- knobs -----------------------------------------------------------------------------------------------------------------

CC      ?= cc
AR      ?= ar
CFLAGS  ?= -O2 -g
LDFLAGS ?=
PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
WERROR  ?=
# V=1 shows the commands as they are run.
V       ?=
# Test programs at a time; as many as there are processors when empty.
JOBS    ?=
# Put before each program that is run, for programs of another architecture: RUN="qemu-s390x -L /".
RUN     ?=
PKG_CONFIG ?= pkg-config
PYTHON  ?= python3

# ---- what there is ------------------------------------------------------------------------------------------------------------

VERSION := $(shell sed -n 's/^.define SUNLOT_VERSION "\(.*\)"/\1/p' include/sunlot.h)

SRC      := $(sort $(wildcard src/*/*.c))
TOOLS    := $(filter-out tools/web/%,$(sort $(wildcard tools/*.c tools/*/*.c)))
MAINS    := tools/sunlot.c tools/sunlot_verify.c
SHARED   := $(filter-out $(MAINS),$(TOOLS))
TESTS    := $(sort $(wildcard tests/test_*.c))
SUPPORT  := $(sort $(wildcard tests/support/*.c))
BENCHES  := $(sort $(wildcard tests/bench/bench_*.c))
MAN      := $(sort $(wildcard tools/man/*.1))
MAN5     := $(sort $(wildcard tools/man/*.5))
PAGES    := $(sort $(wildcard tools/*.md))
CATALOGS := $(sort $(wildcard tools/po/*.po))

LIB        := $(BUILD)/libsunlot.a
TOOLS_LIB  := $(BUILD)/tools.a
TEST_LIB   := $(BUILD)/test/libsunlot.a
PROGRAMS   := $(BUILD)/sunlot $(BUILD)/sunlot-verify
TEST_BINS  := $(TESTS:tests/%.c=$(BUILD)/tests/%)
BENCH_BINS := $(BENCHES:tests/bench/%.c=$(BUILD)/bench/%)
LOCALES    := $(CATALOGS:tools/po/%.po=$(BUILD)/locale/%/LC_MESSAGES/sunlot.mo)

# ---- how it is compiled -------------------------------------------------------------------------------------------------------

WARN := -pedantic -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wfloat-equal \
        -Wswitch-enum -Wcast-qual -Wundef
ifneq ($(WERROR),)
WARN += -Werror
endif

# Asked when needed, so that `make deps` works where pkg-config is not there yet.
SODIUM_CFLAGS ?= $(shell $(PKG_CONFIG) --cflags libsodium)
SODIUM_LIBS   ?= $(shell $(PKG_CONFIG) --libs libsodium)
LIBS           = $(SODIUM_LIBS) -lcsv -lpthread
# sunlot alone draws QR codes.
QRENCODE_CFLAGS ?= $(shell $(PKG_CONFIG) --cflags libqrencode)
QRENCODE_LIBS   ?= $(shell $(PKG_CONFIG) --libs libqrencode)
CMOCKA_LIBS   ?= -lcmocka

Q           = $(if $(V),,@)
say         = $(if $(V),,@echo '  $(1)' $@)
COMPILE     = $(Q)$(CC) -std=c11 $(WARN) $(CPPFLAGS) $(CFLAGS) -MMD -MP -Iinclude
# Functions one by one, so that a program holds only what it calls: sunlot-verify has nothing that signs or writes.
SECTIONS    = -ffunction-sections -fdata-sections
SRC_FLAGS   = -Isrc $(SODIUM_CFLAGS) $(SECTIONS)
TOOL_FLAGS  = $(SECTIONS) -Itools -D_POSIX_C_SOURCE=200809L -DSUNLOT_LOCALE_DIR='"$(PREFIX)/share/locale"' \
              -DSUNLOT_SHARE_DIR='"$(PREFIX)/share/sunlot"'
TEST_FLAGS  = -Isrc -Itests -Itools -DSUNLOT_TEST_ALLOC -D_POSIX_C_SOURCE=200809L -DSUNLOT_VECTORS='"vectors"' $(SODIUM_CFLAGS)

# ---- programs ---------------------------------------------------------------------------------------------------------------------

.PHONY: all
all: $(PROGRAMS) $(LIB) $(LOCALES)

# Built again when a file was added to or taken from an archive.
$(LIB): $(SRC:%.c=$(BUILD)/obj/%.o)
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcs $@ $^

$(TEST_LIB): $(SRC:%.c=$(BUILD)/test/obj/%.o)
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcs $@ $^

# What both programs use; each takes from the archive what it needs and nothing else.
$(TOOLS_LIB): $(SHARED:%.c=$(BUILD)/obj/%.o)
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcs $@ $^

$(BUILD)/sunlot: $(BUILD)/obj/tools/sunlot.o $(TOOLS_LIB) $(LIB)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--gc-sections -o $@ $^ $(LIBS) $(QRENCODE_LIBS) -lm

$(BUILD)/sunlot-verify: $(BUILD)/obj/tools/sunlot_verify.o $(TOOLS_LIB) $(LIB)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--gc-sections -o $@ $^ $(LIBS)

# The engine's loops gain 4 in 100 by it.  Who asks for another level than -O2 gets that.
$(BUILD)/obj/src/place/%.o: FASTER = $(if $(filter -O2,$(CFLAGS)),-O3)

$(BUILD)/obj/src/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(COMPILE) $(SRC_FLAGS) $(FASTER) -c -o $@ $<

# PREFIX is compiled in: when it changes, the tools are compiled again.
$(BUILD)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' > $@

.PHONY: FORCE
FORCE:

$(BUILD)/obj/tools/%.o: tools/%.c $(BUILD)/prefix
	@mkdir -p $(@D)
	$(call say,CC)
	$(COMPILE) $(TOOL_FLAGS) $(if $(filter %/qr.c,$<),$(QRENCODE_CFLAGS)) -c -o $@ $<

$(BUILD)/locale/%/LC_MESSAGES/sunlot.mo: tools/po/%.po
	@mkdir -p $(@D)
	$(call say,MO)
	$(Q)msgfmt --check -o $@ $<

# ---- the verify page: one HTML file with the library as WebAssembly inside -----------------------------------------------------------

.PHONY: web
web:
	@tools/deps.sh web
	@$(ENV) $(PYTHON) tools/web/build

# As it is used, in a browser.
WEB_TESTS = $(filter-out %/core.mjs %/support.mjs %/folders.mjs,$(sort $(wildcard tests/web/*.mjs)))

.PHONY: check-web
check-web:
	@tools/deps.sh build
	@tools/deps.sh check-web
	@$(MAKE) --no-print-directory all web
	@$(ENV) tests/web/playwright.sh
	@$(ENV) tests/run.sh $(WEB_TESTS)

# The pictures of the README.
.PHONY: pictures
pictures: all web
	@$(ENV) tests/web/playwright.sh
	@$(ENV) PICTURES=write node tests/web/pictures.mjs

# ---- test programs: the library with an allocator that can refuse -------------------------------------------------------------------

$(BUILD)/test/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(COMPILE) $(TEST_FLAGS) -c -o $@ $<

# What a test takes from the tools comes as it is in the programs.
$(BUILD)/tests/%: $(BUILD)/test/obj/tests/%.o $(SUPPORT:%.c=$(BUILD)/test/obj/%.o) $(TOOLS_LIB) $(TEST_LIB)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CMOCKA_LIBS) $(LIBS) -lm

# Of the support what makes and lists problems.
BENCH_SUPPORT = evenness input_folder made_problem parallel small_case small_listing

$(BUILD)/bench/%: $(BUILD)/obj/bench/%.o $(BUILD)/obj/bench/figure.o $(BENCH_SUPPORT:%=$(BUILD)/test/obj/tests/support/%.o) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -lm

$(BUILD)/obj/bench/%.o: tests/bench/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(COMPILE) $(SRC_FLAGS) -Itests -D_POSIX_C_SOURCE=200809L -c -o $@ $<

.PRECIOUS: $(BUILD)/test/obj/%.o $(BUILD)/obj/%.o $(BUILD)/obj/bench/%.o

.PHONY: test-programs
test-programs: $(TEST_BINS)

# ---- checks: each target with a second step of make, so that what is missing is installed before anything is compiled -----------------

# What the scripts need to know.
ENV = BUILD='$(BUILD)' CC='$(CC)' RUN='$(RUN)' JOBS='$(JOBS)' PYTHON='$(PYTHON)' LC_ALL=C.UTF-8

UNIT_TESTS   = $(TEST_BINS)
CLI_TESTS    = $(sort $(wildcard tests/cli/test_*.sh))
SCRIPT_TESTS = tests/walls.sh tests/vectors.sh tests/compare.sh
# They start first, so that none of them runs alone in the end.
LONGEST      = tests/compare.sh %/test_place_walk %/test_crash.sh %/test_key.sh %/test_receipts.sh %/test_crash_acts.sh %/test_jobs.sh tests/vectors.sh \
               %/test_full.sh %/test_receipt_cases %/test_place %/test_verify
longest_first = $(foreach long,$(LONGEST),$(filter $(long),$(1))) $(filter-out $(LONGEST),$(1))

.PHONY: check check-run check-unit
check:
	@tools/deps.sh check
	@$(MAKE) --no-print-directory check-run

check-run: all test-programs
	@$(ENV) tests/run.sh $(call longest_first,$(UNIT_TESTS) $(SCRIPT_TESTS) $(CLI_TESTS))

# The programs without what needs nm, Python or a terminal: for other compilers and machines.  How evenly the walk draws is
# not measured again: by the vectors it draws the same there.
LEFT_OUT = test_place_walk

check-unit: all test-programs
	@$(ENV) tests/run.sh $(call longest_first,$(filter-out $(LEFT_OUT:%=\%/%),$(UNIT_TESTS)) tests/vectors.sh)

.PHONY: demo
demo:
	@tools/deps.sh build
	@$(MAKE) --no-print-directory all
	@$(ENV) sh tests/demo.sh

# Each part prints its own tables: tests/bench/README.md.  bench: all but the province, which takes minutes and a gigabyte of temporary files.
SPEED = stream place growth

.PHONY: bench-build bench bench-speed bench-web bench-fair bench-balance bench-province
bench-build:
	@tools/deps.sh build
	@$(MAKE) --no-print-directory all $(BENCH_BINS) $(BUILD)/bench/timed

bench: bench-build
	@$(MAKE) --no-print-directory bench-speed bench-web bench-fair bench-balance

bench-speed: bench-build
	@for bench in $(SPEED); do $(RUN) $(BUILD)/bench/bench_$$bench || exit 1; done
	@$(ENV) sh tests/bench/bench_draw.sh

# The verify page against sunlot-verify.
bench-web: bench-build
	@tools/deps.sh check-web
	@$(MAKE) --no-print-directory web >$(BUILD)/bench/web.txt
	@$(ENV) tests/web/playwright.sh >>$(BUILD)/bench/web.txt
	@$(ENV) sh tests/bench/bench_web.sh

bench-fair: bench-build
	@for bench in $(filter-out $(SPEED:%=\%/bench_%) %/bench_balance,$(BENCH_BINS)); do $(RUN) $$bench || exit 1; done

# How balanced sunlot and the usual ways are, side by side.
bench-balance: bench-build
	@$(ENV) sh tests/bench/bench_balance.sh

bench-province: bench-build
	@$(ENV) sh tests/bench/bench_draw.sh province

# ---- deeper checks -------------------------------------------------------------------------------------------------------------------

SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# That the tests of fairness can fail: each of many ways to break the draw is found by one.
.PHONY: check-mutants
check-mutants: all $(BUILD)/tests/test_place_walk $(BUILD)/tests/test_match $(BUILD)/tests/test_late $(BUILD)/tests/test_rounds
	@$(ENV) sh tests/mutants.sh

.PHONY: check-clang check-asan check-m32 check-s390x check-valgrind deep
check-clang:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/clang CC=clang check-unit

check-asan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan WERROR= CFLAGS='$(SANITIZE)' check-unit
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan WERROR= CFLAGS='$(SANITIZE)' demo

# Where libraries of another architecture are, pkg-config does not know.
PLAIN = SODIUM_CFLAGS= SODIUM_LIBS=-lsodium QRENCODE_CFLAGS= QRENCODE_LIBS=-lqrencode

# 32 bits.  There a size_t is never above some of the limits: comparing is right all the same.
check-m32:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/m32 CC=i686-linux-gnu-gcc CFLAGS='$(CFLAGS) -Wno-type-limits' $(PLAIN) check-unit

# Most significant byte first, emulated and slow: the engine is compared by the whole draws of the vectors, what is counted over many draws is
# counted elsewhere, scrypt is the library's.
check-s390x:
	@$(MAKE) --no-print-directory LEFT_OUT='test_place_walk test_place test_findings test_match test_sampler test_signer_key' BUILD=$(BUILD)/s390x CC=s390x-linux-gnu-gcc RUN=qemu-s390x $(PLAIN) check-unit

check-valgrind:
	@$(MAKE) --no-print-directory RUN='valgrind -q --error-exitcode=9 --leak-check=full' check-unit

# ---- packages this machine needs, and what it gives --------------------------------------------------------------------------------------

.PHONY: deps
deps:
	@tools/deps.sh check
	@echo "nothing is missing"

.PHONY: install
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib
	install -m 644 include/sunlot.h $(DESTDIR)$(PREFIX)/include
	$(if $(MAN),install -m 644 $(MAN) $(DESTDIR)$(PREFIX)/share/man/man1)
	$(if $(MAN5),install -m 644 $(MAN5) $(DESTDIR)$(PREFIX)/share/man/man5)
	install -d $(DESTDIR)$(PREFIX)/share/doc/sunlot
	$(if $(wildcard $(BUILD)/web/verify.html),install -d $(DESTDIR)$(PREFIX)/share/sunlot && install -m 644 $(BUILD)/web/verify.html $(DESTDIR)$(PREFIX)/share/sunlot)
	install -m 644 $(PAGES) vectors/SPEC.md $(DESTDIR)$(PREFIX)/share/doc/sunlot
	install -d $(DESTDIR)$(PREFIX)/share/doc/sunlot/web
	install -m 644 tools/web/nginx.conf $(DESTDIR)$(PREFIX)/share/doc/sunlot/web
	$(foreach language,$(CATALOGS:tools/po/%.po=%),\
	install -d $(DESTDIR)$(PREFIX)/share/locale/$(language)/LC_MESSAGES && \
	install -m 644 $(BUILD)/locale/$(language)/LC_MESSAGES/sunlot.mo $(DESTDIR)$(PREFIX)/share/locale/$(language)/LC_MESSAGES)

.PHONY: dist
dist:
	@tools/deps.sh check
	@$(ENV) MAKE='$(MAKE)' sh tools/dist.sh $(VERSION)

.PHONY: help
help:
	@echo 'make            the programs, the library, the translations, below $(BUILD)'
	@echo 'make web        the verify page: $(BUILD)/web/verify.html'
	@echo 'make check-web  the page tested in Chromium; screenshots below $(BUILD)/web/shots; make pictures: those of the README'
	@echo 'make demo       two draws from their CSV files to a verified log'
	@echo 'make check      all tests; installs what they need'
	@echo 'make bench      how long draws take, how evenly they fall, how balanced classes become (tests/bench/README.md)'
	@echo '                bench-speed, bench-web, bench-fair, bench-balance: one of these; bench-province: the largest draw, some minutes'
	@echo 'make install    PREFIX=$(PREFIX) DESTDIR='
	@echo 'make dist       $(BUILD)/sunlot-$(VERSION).tar.gz, the same bytes every time, tested inside'
	@echo 'make deps       install what make check needs and this machine has not'
	@echo 'make clean      remove $(BUILD)'
	@echo 'deeper: check-mutants check-clang check-asan check-m32 check-s390x check-valgrind'
	@echo 'knobs:  CC CFLAGS LDFLAGS PREFIX DESTDIR BUILD WERROR=1 V=1 RUN JOBS'

# ---- clean ------------------------------------------------------------------------------------------------------------------------

.PHONY: clean
clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
