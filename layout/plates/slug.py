"""What the slug of a press file says: title, edition, folio, date of the source, and inks."""

from layout.ground.units import MM
from layout.house.brand import Brand
from layout.makeup.page import Page, Pages
from layout.makeup.slug import slugged
from layout.plates.edition import Edition
from layout.plates.metadata import About
from layout.plates.palette import Palette
from layout.setting.looks import TypeCase

BETWEEN = " \u00b7 "


def with_slug(pages: Pages, edition: Edition, brand: Brand, about: About, case: TypeCase) -> Pages:
    """The pages with their slug lines, if the edition has inks and the brand asks for them."""
    if not edition.inks or "slug" not in brand.press.marks:
        return pages
    palette = Palette(brand, inks=True)

    def say(page: Page) -> str:
        told = (about.title, edition.name, str(page.folio), about.date)
        return BETWEEN.join([*filter(None, told), *palette.inks_on(page)])

    return slugged(pages, brand.page.bleed * MM, say, case, about.language)
