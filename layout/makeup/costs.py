"""What makes a plan of pages worse, in demerits of lines, and how far a better one is looked for.

By `columns` a hyphen at a column's foot costs 8,000 and a column a line short 120,000; the figures here stand beside
those. They were set by looking at pages.
"""

AIR = 1
"""Grid lines between a box over all columns and the text."""

THIN = 12
"""A last page with fewer lines of text looks forgotten."""

FORGOTTEN = 60_000.0
"""What such a page costs, in demerits of lines."""

BOXES_ALONE = 250_000.0
"""What a page costs that holds nothing but the sidebar's boxes."""

EARLIER = 25_000.0
"""What a sidebar costs that stands a page before the last, where no text asks for it."""

LOWER = 30_000.0
"""For each line that all columns of a page end short together: they are level at least."""

POOR = 61_000.0
"""A plan of which two pages cost more, but for what cannot be helped, is looked for again among more pages."""

GOOD = 31_000.0
"""A plan that costs less a page is not worth a further look."""

STUB = 0.25
"""Under the sidebar stands at least this share of what stands beside it, or it looks forgotten as well."""

DEEPER, DEEPER_COST = 3, 4_000.0
"""So many grid lines more a box of the sidebar may take, shared among its gaps, and what each costs."""

TRIES = (
    (0, 0, 0, 0.0),
    (0, 0, 1, 20_000.0),
    (1, 0, 0, 30_000.0),
    (1, 0, 1, 50_000.0),
    (2, 0, 1, 60_000.0),
    (0, 2, 1, 120_000.0),
)
"""How a full page is tried, each way only while nothing found so far costs less than it must: lines that all
columns are lower, lines that one may be short, lines that air may grow, and the least that it costs."""

FULL_BOUND, LAST_BOUND = 90_000.0, 120_000.0
"""Dearer ways to fill a page exactly, and to end level, are not followed: shorter columns would be cheaper."""

LAST_TRIES = ((1, 0, 0.0), (1, 1, 20_000.0), (1, 2, 60_000.0), (2, 1, 110_000.0))
"""The same of a last page: lines that a column may be short, lines that air may grow, the least that it costs."""

BAD = 300_000.0
"""A plan that costs more is compared with one whose last page need not be level."""

CHOICE, THOROUGH = 2, 4
"""So many different places to go on from are enough after one page, the second where a first plan was poor."""

SLACK = 8_000.0
"""A way that costs no more than this over the least it could is good enough."""

EVEN = 2_000.0
"""A last page that costs less is even enough to look no further."""

REACH = 3
"""How many grid lines lower than its text alone would need a last page may end."""
