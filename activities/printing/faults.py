"""What can be wrong with a printed paper. Each fault has its name, and none repeats what the paper says.

PrintFault
├── NoGlyph, TemplateIncomplete, TooLarge     before or during the layout
├── AddressRefused                            something in the paper pointed outside it
└── LayoutWarned, ForeignFont, WrongGlyph, WrongPageCount, SignatureBoxAstray, ValueMissing, PlaceholderLeft
                                              the gates after it
"""


class PrintFault(Exception):
    """A paper was made, and must not leave the press."""


class NoGlyph(PrintFault):
    """None of the fonts has a character: it would be an empty box."""


class TemplateIncomplete(PrintFault):
    """A template asked for something that the paper does not say."""


class TooLarge(PrintFault):
    """The layout did not come to an end within its limits."""


class AddressRefused(PrintFault):
    """A paper may show only what it carries; something pointed to a file or to the network."""


class LayoutWarned(PrintFault):
    """The layout warned; on paper a warning is a mistake."""


class ForeignFont(PrintFault):
    """A font that is not one of ours."""


class WrongGlyph(PrintFault):
    """A glyph that does not draw the character which the text layer names."""


class WrongPageCount(PrintFault):
    """More or fewer pages than this paper can have."""


class SignatureBoxAstray(PrintFault):
    """A signature box is missing, or not on the last page."""


class ValueMissing(PrintFault):
    """Something the paper should say is not in its text."""


class PlaceholderLeft(PrintFault):
    """A trace of the template, or of a missing value, is in the text."""


class FontsAltered(Exception):
    """The fonts in the folder are not those of the manifest."""


class LibrariesMissing(Exception):
    """A system library that layout needs is not there."""


BY_NAME = {fault.__name__: fault for fault in PrintFault.__subclasses__()}
