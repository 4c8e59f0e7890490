# Yizhan (驿站). `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
# Extra words for a target: make test ARGS="tests/rules -k hardship"
ARGS ?=
# Tests run in so many processes, a file in one of them; JOBS=0: all in this one, for a debugger.
# Two for two processors: with a third, what must be ready in time sometimes is not.
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test doctor demo lint format lock bench histories docs assets screenshots setup setup-tests analysis

help: ## 列出可用命令 · list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: setup ## 安装并运行驿站（127.0.0.1:8000） · set up, then run the station
	@exec $(BIN)/yizhan run $(ARGS)

test: setup-tests ## 安装并运行全部测试 · set up, then run every test
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

demo: setup ## 演示困难零工个案和补贴个案的各条路径，文书写入 ./out · play cases of both kinds with their branches
	@$(BIN)/yizhan demo $(ARGS)

doctor: ## 检查环境：有什么、缺什么、为什么需要 · what is present, missing, and why it matters
	@$(PYTHON) scripts/doctor.py $(ARGS)

lint: setup-tests ## 格式、规范、类型、导入与依赖检查 · format, lint, types, imports, dependencies
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy --num-workers 2
	@$(BIN)/lint-imports
	@$(BIN)/deptry .

format: setup-tests ## 统一代码格式 · rewrite the code in the project's format
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

bench: setup-tests ## 性能对比 · benchmarks
	@$(BIN)/python -m bench $(ARGS)

histories: setup-tests ## 重新录制个案流程历史（流程有意改变后） · record the workflow histories anew, after a meant change
	@$(BIN)/python scripts/record_histories.py $(ARGS)

docs: setup-tests ## 由代码重新生成命令说明 · write docs/commands.md anew from the code
	@$(BIN)/python scripts/command_pages.py

assets: ## 由 frontend 重新生成页面样式与脚本（需要 Node） · build web/static anew from frontend (needs Node)
	@cd frontend && npm ci --silent && npm run --silent build

screenshots: setup-tests ## 重新拍摄 docs/images 的页面图片（需要 Chromium） · take the pictures of the pages anew (needs Chromium)
	@PYTHONPATH=. $(BIN)/python scripts/screenshots.py $(ARGS)

lock: setup ## 重新锁定依赖（UPGRADE=1 则升级） · lock the dependencies anew (UPGRADE=1: newer ones)
	@$(COMPILE) --group installer --output-file requirements/uv.txt
	@$(COMPILE) --group build --output-file requirements/build.txt
	@$(COMPILE) pyproject.toml --output-file requirements/product.txt
	@$(COMPILE) pyproject.toml --extra analysis --constraint requirements/product.txt --output-file requirements/analysis.txt
	@$(COMPILE) pyproject.toml --extra analysis --group dev --constraint requirements/product.txt --output-file requirements/tests.txt

analysis: ## 另装 z3，供 yizhan policy analyse 使用（约38 MB） · also install z3, for yizhan policy analyse (38 MB)
	@$(PYTHON) scripts/setup.py --analysis

setup: ## 只安装 · set up only; silent and offline when nothing is missing
	@$(PYTHON) scripts/setup.py

setup-tests:
	@$(PYTHON) scripts/setup.py --tests
