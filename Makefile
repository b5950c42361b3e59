# Thin on purpose: the work is in tools/, so that each step also runs without make.
# Messages are in Dutch, for the people who use these commands.

PORT ?= 8000
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help install demo run test check bench messages css format clean

help:
	@echo 'make demo        de site met voorbeeldinhoud op http://localhost:8000 (andere poort: make demo PORT=8123)'
	@echo 'make test        alle tests, ook in een echte browser (enkele: make test ARGS="tests/wijken -x")'
	@echo 'make check       code, sjablonen, vertalingen, migraties en instellingen nakijken'
	@echo 'make run         de site voor ontwikkelaars: met DEBUG en herstart bij elke wijziging'
	@echo 'make install     alleen de omgeving klaarzetten in .venv'
	@echo 'make format      code en sjablonen opmaken'
	@echo 'make messages    teksten voor vertalers bijwerken'
	@echo 'make css         de css opnieuw bouwen'
	@echo 'make bench       snelheid meten'
	@echo 'make clean       alles weghalen wat deze opdrachten maakten, behalve uw gegevens in var/'

install:
	@sh tools/setup.sh

demo:
	@sh tools/start.sh demo '$(PORT)'

run:
	@sh tools/start.sh run '$(PORT)'

test:
	@sh tools/test.sh $(ARGS)

check: install
	@.venv/bin/python tools/check.py

bench: install
	@.venv/bin/python tools/bench.py $(ARGS)

messages: install
	@.venv/bin/python tools/messages.py --update
	@.venv/bin/python tools/compile_messages.py

css: install
	@.venv/bin/python tools/build_css.py

format: install
	@.venv/bin/python tools/check.py --fix

clean:
	@sh tools/clean.sh
