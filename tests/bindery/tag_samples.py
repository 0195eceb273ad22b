"""Small tagged PDFs, and their structure trees read back with pikepdf."""

from collections.abc import Sequence
from typing import Any

from bindery_samples import opened, pikepdf, saved

Array, Dictionary, Name, String = pikepdf.Array, pikepdf.Dictionary, pikepdf.Name, pikepdf.String


class El:
    """An element: kids are elements, (page, number) for marked content, or "link N" for page N's."""

    def __init__(self, role: str, *kids: Any, **entries: Any) -> None:
        self.role, self.kids, self.entries = role, kids, entries


def tagged(
    *tops: El,
    pages: int = 1,
    lang: str = "en",
    roles: dict[str, str] | None = None,
    root: dict[str, Any] | None = None,
    links: Sequence[int] = (),
) -> bytes:
    """Pages with the marked content that the elements name; `links` are pages with a link to page 0."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    made = _Tree(pdf, links)
    struct = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    struct.K = Array([made.element(top, struct) for top in tops])
    if roles:
        struct.RoleMap = Dictionary({f"/{key}": Name(f"/{kind}") for key, kind in roles.items()})
    for key, value in (root or {}).items():
        struct[f"/{key}"] = value
    made.finish(struct)
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = struct, Dictionary(Marked=True)
    pdf.Root.Lang = String(lang)
    return saved(pdf)


class _Tree:
    def __init__(self, pdf: Any, links: Sequence[int]) -> None:
        self.pdf, self.marks, self.owners = pdf, {}, []
        self.links = {page: self._link(page) for page in links}

    def _link(self, page: int) -> Any:
        annotation = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=[72, 690, 200, 720],
                Contents="to the first page",
            )
        )
        annotation.Dest = Array([self.pdf.pages[0].obj, Name.Fit])
        self.pdf.pages[page].obj.Annots = Array([annotation])
        return annotation

    def element(self, top: El, parent: Any) -> Any:
        result, stack = None, [(top, parent, None)]
        while stack:
            spec, above, row = stack.pop()
            made = self.pdf.make_indirect(Dictionary(S=Name(f"/{spec.role}"), P=above))
            for key, value in spec.entries.items():
                made[f"/{key}"] = value
            if row is None:
                result = made
            else:
                row[0].K[row[1]] = made
            if spec.kids:
                made.K = Array([self._kid(kid, made) for kid in spec.kids])
            stack += [
                (kid, made, (made, at)) for at, kid in enumerate(spec.kids) if isinstance(kid, El)
            ]
        return result

    def _kid(self, kid: Any, made: Any) -> Any:
        if isinstance(kid, El):
            return 0
        if isinstance(kid, str):
            annotation = self.links[int(kid.split()[1])]
            self.owners.append((annotation, made))
            return Dictionary(Type=Name.OBJR, Obj=annotation)
        page, number = kid
        self.marks.setdefault(page, {})[number] = made
        reference = self.pdf.pages[page].obj
        if "/Pg" not in made:
            made.Pg = reference
        if made.Pg.objgen == reference.objgen:
            return number
        return Dictionary(Type=Name.MCR, Pg=reference, MCID=number)

    def finish(self, struct: Any) -> None:
        nums, key = Array(), 0
        for page, marks in sorted(self.marks.items()):
            self.pdf.pages[page].obj.StructParents = key
            each = [marks.get(n) for n in range(max(marks) + 1)]
            nums.extend([key, self.pdf.make_indirect(Array(each))])
            key += 1
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            self.pdf.pages[page].obj.Resources = Dictionary(Font=Dictionary(F1=font))
            content = b"".join(
                b"/P <</MCID %d>> BDC BT /F1 12 Tf 72 %d Td (%d.%d ) Tj ET EMC\n"
                % (n, 800 - 14 * n, page, n)
                for n in sorted(marks)
            )
            self.pdf.pages[page].obj.Contents = self.pdf.make_stream(content)
        for annotation, owner in self.owners:
            annotation.StructParent = key
            nums.extend([key, owner])
            key += 1
        struct.ParentTree, struct.ParentTreeNextKey = Dictionary(Nums=nums), key


def numbers(pdf: Any) -> dict[int, Any]:
    """The parent tree; its limits and its order are checked."""
    found: dict[int, Any] = {}
    stack = [(pdf.Root.StructTreeRoot.ParentTree, None)]
    while stack:
        node, limits = stack.pop()
        nums = list(node.get("/Nums", []))
        keys = [int(key) for key in nums[::2]]
        assert keys == sorted(keys)
        assert limits is None or not keys or limits == (keys[0], keys[-1])
        assert len(keys) <= 64
        found |= dict(zip(keys, nums[1::2]))
        stack += [(kid, tuple(map(int, kid.Limits))) for kid in node.get("/Kids", [])]
    return found


def tree(data: bytes) -> list[Any]:
    """The tree as nested lists [role, kid…], content as (page, number) and "link on N".

    Parents, the parent tree, its keys and the next key are checked against the elements.
    """
    pdf = opened(data)
    struct = pdf.Root.StructTreeRoot
    places = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    made: list[Any] = []
    holders: dict[Any, dict[int, Any]] = {}
    owners: dict[Any, Any] = {}
    seen: set[Any] = set()
    stack = [(kid, struct, made) for kid in reversed(_list(struct.K))]
    while stack:
        value, parent, row = stack.pop()
        if isinstance(value, int) or "/S" not in value:
            row.append(_content(value, parent, places, holders, owners))
            continue
        assert value.objgen not in seen
        seen.add(value.objgen)
        assert value.P.objgen == parent.objgen
        row.append([str(value.S)[1:]])
        stack += [(kid, value, row[-1]) for kid in reversed(_list(value.get("/K")))]
    _check(pdf, holders, owners)
    return made


def _list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, pikepdf.Array) else [value]


def _content(value: Any, parent: Any, places: Any, holders: Any, owners: Any) -> Any:
    if isinstance(value, int):
        page, mark, holder = parent.Pg, value, parent.Pg
    elif "/Obj" in value:
        assert value.Obj.objgen not in owners
        owners[value.Obj.objgen] = parent.objgen
        shown = [each.objgen for each in value.Pg.get("/Annots", []) if each is not None]
        assert isinstance(value.Obj, pikepdf.Stream) or value.Obj.objgen in shown
        return f"link on {places[value.Pg.objgen]}"
    else:
        page, mark = value.get("/Pg", parent.get("/Pg")), int(value.MCID)
        holder = value.get("/Stm", page)
    assert mark not in holders.setdefault(holder.objgen, {})
    holders[holder.objgen][mark] = parent.objgen
    return places[page.objgen], int(mark)


def _check(pdf: Any, holders: Any, owners: Any) -> None:
    parents = numbers(pdf)
    found: dict[Any, Any] = {}
    keys = []
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream) and "/StructParents" in each:
            keys.append(int(each.StructParents))
            array = parents[keys[-1]]
            found[each.objgen] = {n: el.objgen for n, el in enumerate(array) if el is not None}
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream) and "/StructParent" in each:
            keys.append(int(each.StructParent))
            assert parents[keys[-1]].objgen == owners[each.objgen]
    assert found == holders
    assert sorted(keys) == sorted(parents)
    assert len(owners) == len(parents) - len(holders)
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(keys, default=-1)


def elements(pdf: Any, role: str) -> list[Any]:
    """All elements with a role, in the order of their numbers."""
    found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    return [each for each in found if each.get("/S") == f"/{role}" and "/P" in each]
