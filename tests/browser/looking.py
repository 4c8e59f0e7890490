"""What is wrong with a page, as a browser shows it: at two widths, with and without JavaScript, in words and to axe."""

import re
from collections.abc import Iterator
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

WIDE: Final[ViewportSize] = {"width": 1366, "height": 900}
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
# Runs in every page before its own script, outside the content policy.
AXE_SCRIPT: Final = Axe().axe_script
RULES: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What changes with the width of the window; the rest was asked of the wide page.
RULES_OF_WIDTH: Final = {"runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"]}
ASK_AXE: Final = """(rules) => axe.run({...rules, resultTypes: ['violations'], elementRef: false}).then((found) =>
  found.violations.map((each) => `axe ${each.id} (${each.nodes.length}): ${each.help}: ` +
    each.nodes.slice(0, 3).map((node) => `${node.target} ${node.html.slice(0, 120)}`).join(' | ')))"""
HAN: Final = re.compile(r"[\u3400-\u9fff]")
LATIN_WORD: Final = re.compile(r"[A-Za-z]{3,}")
# Names of formats, keys, kinds of file and things that have one name in every language.
LATIN_KNOWN: Final = re.compile(
    r"\b(?:PDF|XLSX|SHA|Excel|Alt|Ctrl|Enter|Tab|JavaScript|WCAG|Temporal|SQLite|sqlite|xlsx|PostgreSQL|English|Yizhan|ASCII)\b"
)
# Numbers of things, and staff ids, which people type.
# Ids with a dash, a slash or a figure, and the number of a case, which by chance may hold no figure.
IDS: Final = re.compile(r"\b[\w.%]*(?:-|/)[\w./%-]*\b|\b(?=\w*\d)\w+\b|\b[A-HJKMNP-TV-Z]{8}\b")
WORDS: Final = """() => {
  const found = [];
  const marked = (element) => element.closest('[lang]') !== document.documentElement;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest('script, style, textarea') || marked(parent)) continue;
    if (node.textContent.trim()) found.push(node.textContent.trim());
  }
  for (const element of document.querySelectorAll('[title],[aria-label],[placeholder],[alt],[data-label]'))
    if (!marked(element))
      for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'data-label'])
        if (element.getAttribute(name)) found.push(element.getAttribute(name));
  return found;
}"""
WIDER: Final = """() => {
  const over = document.scrollingElement.scrollWidth - window.innerWidth;
  if (over <= 0) return '';
  const scrolled = (e) => {
    for (let at = e.parentElement; at; at = at.parentElement)
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(at).overflowX)) return true;
    return false;
  };
  const out = [...document.body.querySelectorAll('*')].filter(
    (e) => e.getBoundingClientRect().right > window.innerWidth + 0.5 && !scrolled(e));
  return `${over} px wider than its window, by ` + out.slice(-3).map(
    (e) => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 40)).join(' | ');
}"""


def wider_than_window(page: Page) -> Iterator[str]:
    said: str = page.evaluate(WIDER)
    if said:
        yield said


def in_the_wrong_language(page: Page, language: str) -> Iterator[str]:
    for text in page.evaluate(WORDS):
        if language == "en" and HAN.search(text):
            yield f"Chinese on an English page: {text[:60]}"
        if language == "zh" and LATIN_WORD.search(IDS.sub("", LATIN_KNOWN.sub("", text))):
            yield f"English on a Chinese page: {text[:60]}"


def found_by_axe(page: Page, rules: dict[str, list[str]]) -> list[str]:
    found: list[str] = page.evaluate(ASK_AXE, rules)
    return found
