# Two commands matter: `make demo` and `make test`. Everything else is for whoever works on the program.
.PHONY: help demo test test-quick check fix seed messages register bench reset lock clean
.DEFAULT_GOAL := help

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' Makefile | while IFS=@ read -r name text; do printf '%-20s %s\n' "$$name" "$$text"; done

demo: ## install, start and fill the program; PORT=8123 make demo; Ctrl-C stops it
	@exec scripts/run demo demo

test: ## every test, with the browser; ARGS="-k radar" for a part
	@exec scripts/run test test -n 2 --dist worksteal $(ARGS)

test-quick: ## the quick tests: rules, actions and consistency; no pages, no browser, no worker
	@exec scripts/run test test --kept -n 2 --dist worksteal -m "not (browser or slow or worker or pages)" $(ARGS)

check: ## lint, format, types, migrations, deployment settings
	@exec scripts/run test check

fix: ## format, and mend what the linter can
	@exec scripts/run test fix

seed: ## load the demo neighbourhood into the demo's database
	@exec scripts/run demo manage seed_demo

messages: ## collect the words on screen into locale/en, and compile their English twins
	@exec scripts/run test messages

register: ## write the generated part of docs/register-of-processing.md again
	@exec scripts/run test manage register_of_processing

bench: ## measure speed, on demo data in servers of its own; ARGS="access_log" for one measurement
	@exec scripts/run demo bench $(ARGS)

reset: ## delete the demo's data and start over
	@exec scripts/run demo reset

lock: ## write requirements*.txt again; ARGS=--upgrade for newer versions
	@exec scripts/run test lock $(ARGS)

clean: reset ## delete what was installed too
	@rm -rf .venv node_modules
