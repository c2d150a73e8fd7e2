# The front door; meson does the work. `make help` lists what there is.
BUILD  ?= build
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
FUZZ_RUNS ?= 0

# Reference data beside the checkout serves the tests that need it; without it they skip.
ifneq ($(wildcard ../shared),)
export DCNN_REFERENCE_DIR ?= $(abspath ../shared)
endif

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD)

$(BUILD)/build.ninja:
	@tools/install_packages.sh build
	meson setup --prefix=$(abspath $(PREFIX)) -Dtests=disabled $(BUILD)

demo: all
	@tools/install_packages.sh demo
	@tools/demo.sh $(BUILD)/src/cli/dcnn out

check:
	@tools/install_packages.sh build check
	@tools/check.sh

bench: all
	@bench/run.sh $(BUILD)

bench-peers: all
	@tools/install_packages.sh peers
	@bench/peers.sh $(BUILD)

bench-instances: all
	@tools/install_packages.sh instances
	@bench/make_instances.sh $(BUILD)

bench-scale: all
	@tools/install_packages.sh scale
	@bench/scale.sh $(BUILD)

paper: all
	@tools/install_packages.sh paper
	@tools/paper.sh $(BUILD) out/paper

fuzz:
	@tools/install_packages.sh build fuzz
	@tools/fuzz.sh build-fuzz $(FUZZ_SECONDS) $(FUZZ_RUNS)

install: all
	meson configure $(BUILD) --prefix=$(abspath $(PREFIX))
	DESTDIR=$(DESTDIR) meson install -C $(BUILD)

docs: all
	@tools/refresh_documents.sh $(BUILD)

gallery: all
	@tools/gallery.sh $(BUILD)

format:
	clang-format -i $$(find src include tests examples bench experiments -name '*.[ch]')

clean:
	rm -rf $(BUILD) build-check-* build-fuzz out

help:
	@echo 'make          build the library, the tool and the manual pages in $(BUILD)/'
	@echo 'make demo     place three AlexNets on fifty units, prove it, draw it: out/'
	@echo 'make check    all tests: gcc, clang, sanitizers, valgrind, lost allocations (under ten minutes)'
	@echo 'make bench    measure the solver'
	@echo 'make bench-peers  the same instances by toulbar2, CBC, GLPK and HiGHS (hours; BENCH_FAMILIES=AB takes fewer): out/peers/'
	@echo 'make bench-instances  write the open instances of bench/instances again'
	@echo 'make paper        tables 4 to 8 of the paper, printed and ours, and why they differ: out/paper/report.md'
	@echo 'make bench-scale  how far it reaches: 1,000 to 1,000,000 units, plots in out/scale/'
	@echo 'make fuzz     feed broken input to the readers, FUZZ_SECONDS=$(FUZZ_SECONDS) or FUZZ_RUNS each'
	@echo 'make install  install below PREFIX=$(PREFIX), DESTDIR before it'
	@echo 'make docs     write what the tool prints today into README.md and docs/examples.md'
	@echo 'make gallery  draw the pictures of docs/gallery.md again'
	@echo 'make format   lay out the sources with clang-format'
	@echo 'make clean    remove all that was built'
	@echo 'What Debian packages are missing is installed first, by sudo when you are not root.'

.PHONY: all demo check bench bench-peers bench-instances bench-scale paper fuzz install docs gallery format clean help
