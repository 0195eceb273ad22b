"""The words of problems: what an editor reads, line by line."""

import pytest

from .conftest import HEAD, TURN

ENTRY = HEAD + "interview:\n- "
FIVE = "`question`, `heading`, `text`, `pull_quote`"

KEYS = {
    "unknown key": (
        HEAD + "kiker: K\n" + TURN,
        "3:1 unknown key `kiker` | did you mean `kicker`?",
    ),
    "key that resembles nothing": (
        ENTRY + "heading: H\n  zzz: 1\n",
        "5:3 unknown key `zzz` | the keys known here are heading",
    ),
    "missing key": (
        "format: 1\n" + TURN,
        "1:1 the key `title` is missing | add a line `title: …`",
    ),
    "missing key further in": (
        ENTRY + "question: Q\n",
        "4:3 the key `answer` is missing | add a line `answer: …`",
    ),
    "missing key of a part": (
        HEAD + "interviewee: {role: R}\n" + TURN,
        "3:14 the key `name` is missing in `interviewee` | add a line `name: …`",
    ),
    "key twice": (
        HEAD + "title: U\n" + TURN,
        "3:1 the key `title` appears twice | the first one is in line 2",
    ),
    "entry of no kind": (
        ENTRY + "answer: A\n",
        f"4:3 an entry without {FIVE} or `figure` | an entry has exactly one of {FIVE} and `figure`",
    ),
    "entry of a misspelt kind": (
        ENTRY + "qestion: Q\n",
        f"4:3 an entry without {FIVE} or `figure` | did you mean `question`?",
    ),
    "entry of two kinds": (
        ENTRY + "heading: H\n  text: T\n",
        "4:3 an entry with `heading` and `text` at once | start a new entry with `- `",
    ),
    "entry that is text": (
        ENTRY + "just text\n",
        "4:3 expected keys and values, found text | write `key: value`",
    ),
    "neither kind of source": (
        "titel: T\n",
        (
            "1:1 this is neither an interview nor an issue"
            " | an interview has the key `interview`, an issue the key `contents`"
        ),
    ),
    "nearly a source": (
        HEAD + "interviews: []\n",
        "1:1 this is neither an interview nor an issue | did you mean `interview`?",
    ),
    "a list": ("- a\n", "1:1 expected keys and values, found a list | write `key: value`"),
    "a bare word": ("a\n", "1:1 expected keys and values, found text | write `key: value`"),
}

VALUES = {
    "number for text": (
        HEAD + "original: {issue: 12}\n" + TURN,
        '3:19 expected text, found a number | put it in quotes: `issue: "12"`',
    ),
    "truth for text": (
        "format: 1\ntitle: No\n" + TURN,
        '2:8 expected text, found a true/false value | put it in quotes: `title: "No"`',
    ),
    "date for text": (
        HEAD + "kicker: 2012-06-01\n" + TURN,
        '3:9 expected text, found a date | put it in quotes: `kicker: "2012-06-01"`',
    ),
    "number in a list of texts": (
        HEAD + "keywords: [a, 1]\n" + TURN,
        '3:15 expected text, found a number | put it in quotes: `- "1"`',
    ),
    "nothing for text": (
        "format: 1\ntitle:\n" + TURN,
        "2:7 expected text, found nothing | write it after `title:`, or take the key out",
    ),
    "list for text": (
        "format: 1\ntitle: [sic]\n" + TURN,
        "2:8 expected text, found a list | text that holds `: ` or starts with `[`, `{` or `- ` needs quotes",
    ),
    "empty text": (
        HEAD + "kicker: ''\n" + TURN,
        "3:9 the text is empty | write it after `kicker:`, or take the key out",
    ),
    "text for a list": (
        HEAD + "keywords: a, b\n" + TURN,
        "3:11 expected a list, found text | start each entry on a line of its own with `- `",
    ),
    "text for keys": (
        HEAD + "interviewee: Ann\n" + TURN,
        (
            "3:14 expected keys and values, found text"
            " | write its keys on lines of their own below `interviewee:`"
        ),
    ),
    "interview that is text": (
        HEAD + "interview: none\n",
        "3:12 expected a list, found text | start each entry on a line of its own with `- `",
    ),
    "empty interview": (HEAD + "interview: []\n", "3:12 expected at least 1 entry, found 0"),
    "quoted format": (
        "format: '1'\ntitle: T\n" + TURN,
        "1:9 expected `1`, found text | take the quotes away",
    ),
    "other format": ("format: 2\ntitle: T\n" + TURN, "1:9 expected `1`, found `2`"),
    "word of several": (
        ENTRY + "heading: H\n" + "- figure: x.png\n  alt: A\n  width: pages\n",
        "7:10 expected `column` or `page`, found `pages` | did you mean `page`?",
    ),
    "line break in a name": (
        HEAD + "interviewer: |\n  Ann\n  Lee\n" + TURN,
        "3:14 a line break where one line is meant | write it on one line, or fold it with `>`",
    ),
    "language by name": (
        HEAD + "language: english\n" + TURN,
        "3:11 this is no language tag (BCP 47) | write `en`",
    ),
    "language with underscore": (
        HEAD + "language: pt_BR\n" + TURN,
        "3:11 this is no language tag (BCP 47) | write `pt-BR`",
    ),
    "the Norway problem": (
        HEAD + "language: no\n" + TURN,
        '3:11 expected text, found a true/false value | put it in quotes: `language: "no"`',
    ),
    "date in another order": (
        HEAD + "date: 12/06/2012\n" + TURN,
        "3:7 this is not a date | write YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    "date of no calendar": (
        HEAD + "date: 2012-06-31\n" + TURN,
        "3:7 the calendar has no such date | write YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    "scheme": (
        HEAD + "original: {url: 'javascript:alert(1)'}\n" + TURN,
        "3:17 the scheme javascript: is not allowed in a link | use an http, https or mailto address",
    ),
    "address without a scheme": (
        HEAD + "original: {url: example.org}\n" + TURN,
        "3:17 this address does not say how to get there | start it with https://",
    ),
    "account of no network": (
        HEAD + TURN + "accounts: {entries: [{handle: Old Club}]}\n",
        "6:31 nothing tells the network of this handle | add `network:` or `url:`",
    ),
    "handle of another network": (
        HEAD + TURN + "accounts: {network: mastodon, entries: [{handle: '@a'}]}\n",
        "6:50 Mastodon has no such handle | write it as @name@mastodon.social, or add `url:`",
    ),
    "missing picture": (
        ENTRY + "figure: no.png\n  alt: A\n",
        "4:11 there is no such file | paths are relative to the file that names them",
    ),
    "backward pages": (
        "format: 1\ntitle: T\ncontents:\n- pdf: source.yaml\n  pages: 3-1\n",
        "5:10 the last page comes before the first | write `1-3`",
    ),
    "too many blanks": (
        "format: 1\ntitle: T\ncontents:\n- blank: 500\n",
        "4:10 expected a number from 1 to 100, found 500",
    ),
    "part of a number": (
        "format: 1\ntitle: T\ncontents:\n- blank: 1.5\n",
        "4:10 expected a whole number, found `1.5`",
    ),
}

MARKUP = {
    "HTML": (
        ENTRY + "text: a <b>c</b>\n",
        (
            "4:9 HTML is not read in text"
            " | mark text up as in CommonMark, and use `figure:` for a picture; \\< prints <"
        ),
    ),
    "picture in text": (
        ENTRY + "text: a ![b](c.png)\n",
        "4:9 a picture inside text | give it an entry of its own: `figure: images/photo.jpg`",
    ),
    "heading in text": (
        ENTRY + "text: |\n    a\n\n    # b\n",
        "7:5 a heading inside text | give it an entry of its own, `heading: …`; \\# prints #",
    ),
    "rule": (
        ENTRY + "text: |\n    a\n\n    ***\n",
        "7:5 a rule across the column | take it out, or write a backslash before its first character",
    ),
    "scheme of a link": (
        ENTRY + "text: |\n    a\n    [b](data:x)\n",
        "6:5 the scheme data: is not allowed in a link | use an http, https or mailto address",
    ),
    "relative link": (
        ENTRY + "text: '[b](c.html)'\n",
        "4:9 this address does not say how to get there | start it with https://",
    ),
    "link to nowhere": (
        ENTRY + "text: '[b](#c)'\n",
        "4:9 the link to `#c` leads nowhere | the one target is #accounts, and only beside `accounts:`",
    ),
    "link to accounts that are not": (
        ENTRY + "text: '[b](#accounts)'\n",
        (
            "4:9 the link to `#accounts` leads nowhere"
            " | the one target is #accounts, and only beside `accounts:`"
        ),
    ),
    "link without an address": (
        ENTRY + "text: '[b]()'\n",
        "4:9 a link without an address | write it as [words](https://…)",
    ),
    "definition that swallows text": (
        ENTRY + "text: |\n    [sic]: yes\n\n    b\n",
        "5:5 the link definition `[sic]` is used nowhere | write a backslash before `[` to print it",
    ),
    "list where one line is meant": (
        "format: 1\ntitle: 1. First\n" + TURN,
        "2:8 a numbered list where one line is meant | write a backslash before `.` to print it",
    ),
    "lone mark": (
        ENTRY + "text: '*'\n",
        "4:9 an empty list item | write a backslash before `*` to print it",
    ),
    "two paragraphs where one line is meant": (
        "format: 1\ntitle: |\n  a\n\n  b\n" + TURN,
        "5:3 a second paragraph where one line is meant | take the empty line out",
    ),
    "two marked up paragraphs where one line is meant": (
        "format: 1\ntitle: |\n  *a*\n\n  b\n" + TURN,
        "5:3 a second paragraph where one line is meant | take the empty line out",
    ),
}

YAML = {
    "second colon": (
        "title: a: b\n",
        "1:9 a second `: ` in one line | put the text in quotes, or on lines of its own below `|`",
    ),
    "tab": ("a:\n\tb: 1\n", "2:1 a tab in the indentation | indent with spaces"),
    "handle without quotes": (
        "handle: @MineBanTreaty\n",
        '1:9 a value cannot start with `@` | put it in quotes: "@MineBanTreaty"',
    ),
    "backtick": ("a: `b`\n", '1:4 a value cannot start with a backtick | put it in quotes: "`b`"'),
    "emphasis at the start": ("a: *b* c\n", "1:4 a value cannot start with `*` | put it in quotes"),
    "alias of nothing": (
        "a: *b\n",
        "1:4 `*b` repeats nothing in this file | text that starts with `*` needs quotes",
    ),
    "indentation": (
        "a:\n  - b\n c: d\n",
        "3:2 this line is not indented like those around it | start the keys of one entry in the same column",
    ),
    "deeper key": (
        "a: b\n  c: d\n",
        (
            "2:4 a key where the text above is still going on"
            " | start the keys of one entry in the same column; if this is text, put it below `|`"
        ),
    ),
    "open quote": (
        'a: "b\nc: d\n',
        '1:4 the text that starts with " here never ends | close it with "',
    ),
    "apostrophe in quotes": (
        "a: 'it's'\n",
        "1:8 text after a closing ' | double a ' that belongs to the text: 'it''s'",
    ),
    "bracket first": (
        "a: [sic] b\n",
        "1:10 text after a closing ] | text that starts with `[` needs quotes",
    ),
    "line without a colon": (
        "a: b\nc\n",
        "2:1 this line has no `: ` | indent it to continue the text above, or write `key: value`",
    ),
    "escape": (
        'a: "\\q"\n',
        "1:5 `\\q` is no escape in double quotes | write \\\\ for a backslash, or use single quotes",
    ),
    "list beside its key": (
        "a: - b\n",
        "1:4 a list cannot start beside its key | put `- ` on a line of its own, or the text in quotes",
    ),
    "text beside a bar": (
        "a: | b\n",
        "1:6 text beside `|` or `>` | start the text on the next line, or put it in quotes",
    ),
    "tag": (
        "a: !!python/object:os.system b\n",
        "1:4 the tag `!!python/object:os.system` is not known here | text that starts with `!` needs quotes",
    ),
    "second document": (
        "a: b\n---\nc: d\n",
        "2:1 a second document starts here | a file holds one document: take out the line `---`",
    ),
    "empty file": ("", "1:1 the file is empty | an interview starts with `format: 1`"),
    "comment alone": ("# a\n", "1:1 the file is empty | an interview starts with `format: 1`"),
    "itself": ("a: &b [*b]\n", "1:8 `*b` stands inside what it repeats | write the value out"),
    "control character": (
        "a: \x07\n",
        "1:4 the character U+0007 cannot be printed | delete it",
    ),
    "noncharacter": ("a: é\U0001ffff\n", "1:5 the character U+1FFFF cannot be printed | delete it"),
    "escaped control character": (
        'interview: "\\a"\n',
        "1:12 the escaped character U+0007 cannot be printed | take the escape out",
    ),
}

BYTES = {
    "Windows-1252": (
        b"a: b\nc: caf\xe9\n",
        "2:7 the byte 0xE9 is not UTF-8 | save it as UTF-8; if it is Windows-1252, the character is `é`",
    ),
    "UTF-16": ("a: b\n".encode("utf-16"), "1:1 the file is UTF-16, not UTF-8 | save it as UTF-8"),
    "UTF-16 without a mark": (
        "a: b\n".encode("utf-16-le"),
        "1:1 the file is UTF-16, not UTF-8 | save it as UTF-8",
    ),
    "UTF-32": ("a: b\n".encode("utf-32"), "1:1 the file is UTF-32, not UTF-8 | save it as UTF-8"),
}

ALL = {**KEYS, **VALUES, **MARKUP, **YAML, **BYTES}


@pytest.mark.parametrize("name", ALL)
def test_message(problems, name):
    source, expected = ALL[name]
    assert expected in problems(source)


@pytest.mark.parametrize("name", ALL)
def test_manner(problems, name):
    """A sentence without a full stop, on one line, and at most one hint of the same manner."""
    for problem in problems(ALL[name][0]):
        message, _, hint = problem.partition(" | ")
        for text in filter(None, (message.partition(" ")[2], hint)):
            assert not text.endswith("."), text
            assert "\n" not in text
            first = text.split(" ")[0]
            assert first == first.lower() or first in ("HTML", "YAML", "Mastodon"), text
