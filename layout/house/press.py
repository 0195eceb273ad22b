"""What a brand says of the press: profile, ink, pictures, marks, and the limits that preflight keeps.

Preflight reads its limits from here, so it may be asked to keep a brand's own.
"""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

Mark = Literal["crop", "bleed", "registration", "colour_bar", "slug"]
MARKS: tuple[Mark, ...] = get_args(Mark)
"""All marks for the printer, outside the bleed."""

Ppi = Annotated[float, Meta(gt=0, le=5000, description="pixels to an inch at the placed size")]
Weight = Annotated[float, Meta(ge=0, le=100, description="in points")]


class Resolution(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of pictures as placed: refused under `least`, warned of under `good`, over `most` brought to `made`."""

    least: Ppi = 150
    good: Ppi = 250
    made: Ppi = 300
    most: Ppi = 450


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What preflight finds wanting in a press file, beside ink and resolution."""

    hairline: Annotated[Weight, Meta(description="thinner lines are found, in points")] = 0.25
    text: Annotated[Weight, Meta(description="smaller text is found, in points")] = 5
    reversed: Annotated[
        Weight, Meta(description="smaller text in white on a ground is found, in points")
    ] = 7
    one_ink: Annotated[
        Weight, Meta(description="smaller text is of one ink at most, in points")
    ] = 7
    size: Annotated[
        Weight, Meta(description="pages may differ in width or height by so much, in points")
    ] = 0.5


class Press(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a publication is printed."""

    profile: Annotated[
        str | None,
        Meta(
            description="an ICC profile of a CMYK printer beside the brand's file; default: FOGRA39 coated"
        ),
    ] = None
    condition: Annotated[
        str | None,
        Meta(description="the name of its printing condition, as in the registry of the ICC"),
    ] = None
    ink_limit: Annotated[
        float, Meta(ge=100, le=400, description="the most ink of all plates together, in percent")
    ] = 300
    pictures: Annotated[
        Literal["cmyk", "rgb"],
        Meta(description="converted to the profile, or left in RGB and tagged with their own"),
    ] = "cmyk"
    resolution: Resolution = Resolution()
    marks: Annotated[tuple[Mark, ...], Meta(description="outside the bleed")] = ()
    limits: Limits = Limits()
    severities: Annotated[
        dict[str, Literal["error", "warning", "note", "off"]],
        Meta(description="of preflight's rules, by their names, in place of the program's own"),
    ] = {}
