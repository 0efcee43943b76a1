# Each target does what it needs of the ones before it.
# Needed beforehand: Swift 6.2 or newer (https://www.swift.org/install) and make.

PREFIX ?= /usr/local
SECONDS ?= 60
SWIFT ?= swift
BUILD = .build/release

.PHONY: help deps build demo test test-long fuzz sanitize bench bench-peers race scaling count lint install dist clean

help:
	@echo "make demo     build and run the lecture in two minutes: leaves ./refrain-demo"
	@echo "make test     build and run all tests"
	@echo "make test-long  the same tests with as many cases as the promises ask for: half an hour"
	@echo "make fuzz     every reader of foreign files under libFuzzer, SECONDS=60 each"
	@echo "make sanitize the tests under the address and the thread sanitizer"
	@echo "make build    build the command: $(BUILD)/refrain"
	@echo "make install  put the command into PREFIX/bin (PREFIX=$(PREFIX))"
	@echo "make dist     a tarball that starts on Linux machines without Swift"
	@echo "make bench    the speed of this machine, side by side with the peers that are installed"
	@echo "              (OPTIONS=\"--quick --rows lstm\" chooses; OPTIONS=--help lists)"
	@echo "make bench-peers  install the peers into .build/bench-peers: Python, about 8 GB"
	@echo "make race     validation loss against seconds on DATA=tinyshakespeare.txt"
	@echo "make lint     the formatter, and the checks of folders and of generated code"
	@echo "make deps     install the system libraries that are missing"
	@echo "make count    compare the instructions of the main benchmarks with accepted counts"
	@echo "make scaling  speed against sizes: tables and pictures in Documentation"

deps:
	@scripts/install-dependencies

build: deps
	$(SWIFT) build -c release --product refrain

demo: build
	$(BUILD)/refrain demo

# The command and the tests are one build, so that building both takes the time of one.
test: deps
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build

test-long: deps
	$(SWIFT) build -c release --build-tests
	REFRAIN_TEST_LENGTH=long $(SWIFT) test -c release --skip-build

fuzz: deps
	Fuzz/run $(SECONDS)

sanitize: deps
	.ci/sanitize address
	.ci/sanitize thread

bench: deps
	$(SWIFT) build -c release --product SideBySide
	$(BUILD)/SideBySide $(OPTIONS)

bench-peers:
	@Benchmarks/install-peers $(PEERS)

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Examples Benchmarks Fuzz
	.ci/check-folder-imports
	.ci/check-code-generation

install: build
	install -d $(PREFIX)/bin
	install -m 755 $(BUILD)/refrain $(PREFIX)/bin/refrain

dist: deps
	@SWIFT=$(SWIFT) scripts/pack

clean:
	$(SWIFT) package clean
	rm -rf .build-* Fuzz/.build dist

count: deps
	.ci/check-instruction-counts

scaling: deps
	$(SWIFT) build -c release --product Scaling
	$(BUILD)/Scaling

# Where tiny-shakespeare is: what recorded figures are of. Nothing is downloaded.
DATA ?= tinyshakespeare.txt

race: deps
	$(SWIFT) build -c release --product Race
	$(BUILD)/Race $(DATA)
