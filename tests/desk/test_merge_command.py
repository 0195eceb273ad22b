"""`merge` at the command line: claims, contents set anew, folios that go on, and what is refused."""

import json
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reprints import source

from layout.desk import kinds
from layout.desk.cli import main
from layout.desk.provenance import LAST_FOLIO
from layout.desk.verify import verify

SAMPLE = "mine-ban-convention"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two reprints in both editions, an issue of three others, and a page made elsewhere."""
    top = tmp_path_factory.mktemp("merge")
    texts = {
        "one": {"title": "The first talk", "kicker": "Talks", "language": "en"},
        "two": {"title": "The second talk", "language": "en"},
    }
    long = [{"question": f"What is number {n}?", "answer": "A number. " * 60} for n in range(20)]
    source(top, "one.yaml", **texts["one"])
    source(top, "two.yaml", **texts["two"], interview=long)
    for name in "abc":
        source(top, f"{name}.yaml", title=f"Article {name}", kicker=f"Kicker {name}")
    issue = {
        "format": 1,
        "title": "Focus",
        "number": "7",
        "contents": [
            {"contents": "In this issue"},
            {"interview": "a.yaml"},
            {"section": "More"},
            {"interview": "b.yaml"},
            {"interview": "c.yaml"},
        ],
    }
    (top / "issue.yaml").write_text(json.dumps(issue))
    editions = ["--edition", "digital", "--edition", "press"]
    assert main(["build", str(top), "-o", str(top), "--quiet", "--jobs", "1", *editions]) == 0
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].Contents = pdf.make_stream(b"0 0 100 100 re f")
        pdf.save(top / "advert.pdf")
    return top


@pytest.fixture
def merged(folder, tmp_path, capsys):
    """The command with files of the folder; what it wrote and said."""

    def run(*words: str, code: int = 0) -> tuple[Path, str]:
        out = tmp_path / "out.pdf"
        known = [str(folder / word) if (folder / word).exists() else word for word in words]
        assert main(["merge", *known, "-o", str(out)]) == code
        return out, capsys.readouterr().err

    return run


def text_of(path: Path, page: int) -> str:
    from pypdf import PdfReader

    return PdfReader(path).pages[page].extract_text()


def content_of(path: Path, page: int) -> bytes:
    with pikepdf.open(path) as pdf:
        return pdf.pages[page].Contents.read_bytes()


def labels_of(path: Path) -> list[str]:
    from pypdf import PdfReader

    return PdfReader(path).page_labels


# --- claims ---


@pytest.mark.parametrize(
    ("files", "profile"),
    [(("one.pdf", "two.pdf"), "digital"), (("one-press.pdf", "two-press.pdf"), "press")],
)
def test_what_all_claim_the_whole_claims(files, profile, merged, monkeypatch):
    """They are ours and untouched, so that nothing has to be looked at."""
    monkeypatch.setattr("layout.bindery.merge.wanting", None)
    out, said = merged(*files)
    assert said == ""
    assert main(["preflight", str(out), "--quiet", "--profile", profile]) == 0
    claims = re.findall(rb"<pdf(?:a|ua|x)id:[^>]*>([^<]+)", out.read_bytes())
    assert (
        claims == {"digital": [b"3", b"A", b"1"], "press": [b"2", b"A", b"1", b"PDF/X-4"]}[profile]
    )


def test_another_edition_takes_claims_away(merged):
    out, said = merged("one.pdf", "two-press.pdf")
    assert "out.pdf does not claim PDF/A-3a and PDF/UA-1: page 1 of two-press.pdf: " in said
    assert b"<pdfaid:" not in out.read_bytes()


def test_the_page_that_takes_a_claim_away_is_named(merged):
    out, said = merged("two.pdf", "advert.pdf", "--before", "2")
    assert "does not claim PDF/A-3a and PDF/UA-1: page 1 of advert.pdf: " in said
    out, said = merged("two.pdf", "one.pdf", "advert.pdf")
    assert "page 1 of advert.pdf: " in said
    assert b"<pdfaid:" not in out.read_bytes()


def test_of_a_host_the_page_is_told_as_it_is_in_the_host(folder, merged, tmp_path):
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(folder / "two.pdf") as pdf:
        last = pdf.pages[len(pdf.pages) - 1]
        last.Contents = pdf.make_stream(last.Contents.read_bytes() + b" 0 0 9 9 re f")
        count = len(pdf.pages)
        pdf.save(spoilt)
    _, said = merged(str(spoilt), "one.pdf", "--before", "1")
    assert f"page {count} of spoilt.pdf: " in said


def test_a_host_that_claims_nothing_is_not_looked_at(merged, monkeypatch):
    monkeypatch.setattr("layout.bindery.merge.wanting", None)
    _, said = merged("advert.pdf", "one.pdf")
    assert "claim" not in said


# --- folios ---


def test_folios_go_on_from_reprint_to_reprint(folder, merged):
    out, said = merged("issue.pdf", "two.pdf", "one.pdf", "--folio-from", "41")
    assert said == ""
    count = len(pikepdf.open(folder / "two.pdf").pages)
    assert labels_of(out)[4:] == [str(41 + n) for n in range(count + 1)]
    for n in range(count + 1):
        assert str(41 + n) in text_of(out, 4 + n).split()
    assert verify(str(out)).status == "same pages"


def test_they_are_set_on_the_side_that_the_number_says(folder, merged):
    """Typeset, not stamped over: margins and folio are those of the other side."""
    left, _ = merged("issue.pdf", "one.pdf", "--folio-from", "40")
    content = content_of(left, 4)
    right, _ = merged("issue.pdf", "one.pdf", "--folio-from", "41")
    assert content_of(right, 4) != content


def test_a_reprint_without_sources_cannot_be_numbered(merged):
    _, said = merged("issue.pdf", "advert.pdf", "one-press.pdf", "--folio-from", "3", code=1)
    assert said.count("does not say what it was made from") == 2


def test_what_was_put_together_is_numbered_file_by_file(folder, merged, tmp_path):
    out, _ = merged("one.pdf", "two.pdf")
    both = tmp_path / "both.pdf"
    both.write_bytes(out.read_bytes())
    _, said = merged("issue.pdf", str(both), "--folio-from", "3", code=1)
    assert "both.pdf was put together from 2 files of ours" in said


def test_a_reprint_with_more_pages_than_its_source_gives_cannot_be_numbered(
    folder, merged, tmp_path
):
    more = tmp_path / "more.pdf"
    with pikepdf.open(folder / "one.pdf") as pdf:
        pdf.add_blank_page()
        pdf.save(more)
    _, said = merged("issue.pdf", str(more), "--folio-from", "3", code=1)
    assert "more.pdf has 2 pages, and 1 come from its source" in said


@pytest.mark.parametrize("number", ["0", "-1", "x", str(LAST_FOLIO + 1)])
def test_a_folio_is_a_number_from_1_up(number, folder):
    with pytest.raises(SystemExit) as stop:
        main(["build", str(folder / "one.yaml"), "--folio-from", number])
    assert stop.value.code == 2
    assert kinds.LAST_FOLIO == LAST_FOLIO


def test_a_build_from_a_folio_is_proved_and_is_another_file(folder, tmp_path):
    out = tmp_path / "one.pdf"
    assert (
        main(["build", str(folder / "one.yaml"), "-o", str(out), "--folio-from", "12", "--quiet"])
        == 0
    )
    assert verify(str(out)).status == "same"
    assert labels_of(out) == ["12"]
    # what is up to date is not what was asked for now
    assert main(["build", str(folder / "one.yaml"), "-o", str(out), "--quiet"]) == 0
    assert labels_of(out) == ["1"]


# --- contents ---


def rows_of(path: Path, page: int) -> list[str]:
    lines = [line.strip() for line in text_of(path, page).splitlines()]
    return [re.sub(r"[\s.]+", " ", line) for line in lines if line]


def links_of(path: Path, page: int) -> list[int]:
    """The indices of the pages that a page's links lead to."""
    pdf = pikepdf.open(path)
    numbers = {each.obj.objgen: at for at, each in enumerate(pdf.pages)}
    return [numbers[link.Dest[0].objgen] for link in pdf.pages[page].Annots]


def outline_of(path: Path) -> list[tuple[str, int]]:
    pdf = pikepdf.open(path)
    numbers = {each.obj.objgen: at for at, each in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        return [
            (it.title, numbers[it.to_dictionary_object(pdf).Dest[0].objgen]) for it in outline.root
        ]


def test_contents_list_what_came_in(folder, merged):
    out, said = merged(
        "issue.pdf", "one.pdf", "two.pdf", "--contents", "--folio-from", "21", "--before", "3"
    )
    assert said == ""
    count = len(pikepdf.open(folder / "two.pdf").pages)
    rows = rows_of(out, 0)
    wanted = ["In this issue", "Article a 2", "The first talk 21", "The second talk 22", "More", "Article b 3", "Article c 4"]  # fmt: skip
    assert [row for row in rows if row in wanted] == wanted
    assert [row for row in rows if row.upper().startswith(("KICKER", "TALKS"))] == ["Kicker a", "Talks", "Kicker b", "Kicker c"]  # fmt: skip
    assert links_of(out, 0) == [1, 2, 3, 3 + count, 4 + count]
    assert outline_of(out) == [
        ("In this issue", 0),
        ("Article a", 1),
        ("The first talk", 2),
        ("The second talk", 3),
        ("More", 3 + count),
    ]
    assert main(["preflight", str(out), "--quiet"]) == 0


def test_what_is_set_anew_cannot_be_proved_and_the_rest_can(folder, merged):
    out, _ = merged("issue.pdf", "one.pdf", "--contents")
    verdict = verify(str(out))
    assert verdict.status == "partly the same"
    assert "1 page has no source" in verdict.problems[0].message
    assert any("but for its contents page" in note for note in verdict.notes)


def test_an_altered_article_beside_new_contents_is_seen(folder, merged):
    out, _ = merged("issue.pdf", "one.pdf", "--contents")
    with pikepdf.open(out, allow_overwriting_input=True) as pdf:
        pdf.pages[2].Contents.write(b"BT ET")
        pdf.save(out)
    assert verify(str(out)).status == "tampered"


def test_a_reprint_is_listed_with_the_folio_that_it_bears(merged):
    out, _ = merged("issue.pdf", "one.pdf", "--contents")
    assert "The first talk 1" in rows_of(out, 0)
    assert links_of(out, 0) == [1, 2, 3, 4]


def test_one_that_bears_none_is_listed_and_linked(merged):
    out, _ = merged("issue.pdf", "advert.pdf", "--contents")
    assert "advert" in rows_of(out, 0)
    assert links_of(out, 0) == [1, 2, 3, 4]


def test_contents_may_take_any_page(folder, merged):
    """A host made elsewhere: its pages are listed by its outline."""
    out, _ = merged(host_of(folder), "one.pdf", "--contents", "2-3")
    rows = rows_of(out, 1)
    assert "Contents" in rows
    assert "Opening 1" in rows
    assert "Later 4" in rows
    assert "The first talk 1" in rows
    assert "Old contents" not in " ".join(rows)
    assert len(pikepdf.open(out).pages) == 5 - 2 + 1 + 1
    assert links_of(out, 1) == [0, 2, 4]


def host_of(folder: Path) -> str:
    """Five pages with an outline and labels, of which the second and third are the contents."""
    path = folder / "elsewhere.pdf"
    with pikepdf.new() as pdf:
        for _ in range(5):
            pdf.add_blank_page(page_size=(595, 842))
        with pdf.open_outline() as outline:
            for title, page in (("Opening", 0), ("Old contents", 1), ("Later", 3)):
                outline.root.append(pikepdf.OutlineItem(title, page, "Fit"))
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D)])
        pdf.save(path)
    return str(path)


def test_where_nothing_is_called_so_the_way_out_is_named(folder, merged):
    _, said = merged(host_of(folder), "one.pdf", "--contents", code=1)
    assert "nothing in the outline of elsewhere.pdf is called 'Contents'" in said
    assert "--contents 2" in said
    _, said = merged(host_of(folder), "one.pdf", "--contents", "5-6", code=1)
    assert "elsewhere.pdf has 5 pages, so there is no page 6" in said


def test_a_brand_may_be_named_for_the_contents(folder, merged, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    brand = tmp_path / "other.yaml"
    brand.write_text("extends: focus\nmasthead: {text: Another name}\n")
    out, _ = merged(host_of(folder), "one.pdf", "--contents", "2-3", "--brand", str(brand))
    assert "Another name" in text_of(out, 1)
    _, said = merged("issue.pdf", "one.pdf", "--contents", "--brand", "nosuch", code=1)
    assert "nosuch" in said


@pytest.mark.parametrize("pages", ["0", "x", "3-2", "1-"])
def test_pages_of_contents_are_pages(pages, folder):
    with pytest.raises(SystemExit) as stop:
        main(["merge", "a.pdf", "b.pdf", "-o", "c.pdf", "--contents", pages])
    assert stop.value.code == 2


def test_many_entries_take_many_pages_and_labels_go_on(folder, merged, tmp_path):
    host = tmp_path / "long.pdf"
    with pikepdf.new() as pdf:
        for _ in range(90):
            pdf.add_blank_page(page_size=(595, 842))
        with pdf.open_outline() as outline:
            for page in range(90):
                title = "Contents" if page == 1 else f"Part {page}"
                outline.root.append(pikepdf.OutlineItem(title, page, "Fit"))
        pdf.save(host)
    out, _ = merged(str(host), "one.pdf", "--contents")
    pages = len(pikepdf.open(out).pages)
    new = pages - 90 - 1 + 1
    assert new > 1
    found: list[Any] = [link for page in range(1, 1 + new) for link in links_of(out, page)]
    assert found == [0, *range(1 + new, pages)]


def test_nothing_is_left_where_it_is_refused(folder, merged):
    out, _ = merged("issue.pdf", "advert.pdf", "--folio-from", "3", code=1)
    assert not out.exists() and not list(out.parent.glob(".*part"))


def test_the_first_source_and_the_specimen(tmp_path, shelf_of_sources):
    """The README's example."""
    for name in (f"{SAMPLE}.yaml", "issues/focus-specimen.yaml"):
        assert main(["build", str(shelf_of_sources / name), "-o", str(tmp_path), "--quiet"]) == 0
    out = tmp_path / "out.pdf"
    words = [str(tmp_path / "focus-specimen.pdf"), str(tmp_path / f"{SAMPLE}.pdf"), "-o", str(out)]
    assert main(["merge", *words, "--contents", "--folio-from", "21"]) == 0
    assert main(["preflight", str(out), "--quiet"]) == 0
