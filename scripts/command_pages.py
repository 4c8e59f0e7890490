"""Writes docs/commands.md from the commands themselves (`make docs`); a test says when it is behind."""

from pathlib import Path

from cli.pages import commands_page

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"

if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
