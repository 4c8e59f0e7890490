"""Prints papers one after the other, in the one process and thread that may use the layout library."""

from datetime import date
from hashlib import sha256
from importlib.metadata import version

from weasyprint.text.ffi import pango

from activities import paper_facts
from activities.printing import fonts, gates
from activities.printing.layout import LaidOut, Layout
from activities.printing.printed import Printed
from activities.printing.templates import NOTICE, TEMPLATES, environment, fill_in

# Characters of extensions A to F, a separator, and traditional ones; between them every font that a name may need.
RARE_NAMES = ("张𬭊", "王䶮", "李㛃", "赵𠅤", "阿不都·买买提", "周龍峯", "吴𡋾", "钱𪸩")


class Printer:
    """Refuses to start unless what it needs is there and a page of rare names comes out right."""

    def __init__(self) -> None:
        self._fonts = fonts.load()
        self._characters = self._fonts.characters
        self._templates = environment()
        self._versions = {kind: template.full_version() for kind, template in TEMPLATES.items()}
        self._layout = Layout({template.style for template in TEMPLATES.values()})
        self.engines = _engines()
        self._check_itself()

    def print_paper(self, facts: str) -> Printed:
        paper = paper_facts.read(facts)
        fonts.refuse_missing(paper, self._characters)
        template, version = TEMPLATES[paper.KIND], self._versions[paper.KIND]
        digest = sha256(facts.encode()).hexdigest()
        html = fill_in(self._templates, template, version, paper, digest)
        laid = self._layout.lay_out(html, template.style, facts.encode(), paper.issued_on)
        gates.pass_gates(laid, template, paper, self._fonts)
        boxes = tuple(box for name in template.signatures for box in laid.boxes if box.id == name)
        return Printed(laid.pdf, laid.pages, boxes, version, digest, self.engines)

    def _check_itself(self) -> None:
        page = "".join(f'<p><span class="name">{name}</span></p>' for name in RARE_NAMES)
        laid: LaidOut = self._layout.lay_out(
            f'<html lang="zh-CN"><title>自检</title><body>{page}</body></html>', NOTICE, b"{}", date(2000, 1, 1)
        )
        gates.no_warning(laid)
        gates.own_glyphs(laid.layer, self._fonts)


def _engines() -> str:
    """What, besides the facts and the template, the bytes depend on."""
    number = pango.pango_version()
    system = f"pango {number // 10_000}.{number // 100 % 100}.{number % 100}"
    manifest = sha256((fonts.FOLDER / "manifest.json").read_bytes()).hexdigest()
    return "; ".join(
        [*(f"{name} {version(name)}" for name in ("weasyprint", "pydyf")), system, f"fonts {manifest[:16]}"]
    )
