"""What a file says about itself, from its source alone: no clock, no user name."""

import os
from hashlib import sha256

from msgspec import Struct
from reportlab.pdfbase import pdfdoc

from layout.ground.version import VERSION
from layout.manuscript.interview import Interview

PRODUCER = f"Offprint {VERSION}"


class About(Struct, frozen=True):
    """Title, people and date of one file; `date` is YYYY, YYYY-MM or YYYY-MM-DD, or ''."""

    title: str
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: str = ""
    language: str = "en"


def about_interview(interview: Interview) -> About:
    """What the file of one interview says of itself."""
    people = [interview.interviewee.name if interview.interviewee else None, interview.interviewer]
    return About(
        title=interview.title.text,
        author=", ".join(person.text for person in people if person is not None),
        subject=" ".join(interview.standfirst.text.split()) if interview.standfirst else "",
        keywords=tuple(word.text for word in interview.keywords),
        date=interview.date or (interview.original.date if interview.original else None) or "",
        language=interview.language,
    )


class Info(pdfdoc.PDFInfo):
    """The document information dictionary (ISO 32000-1, 14.3.3); keys without a value are left out."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.about = about

    def digest(self, md5object: object) -> None:
        """Nothing: the file's identifier comes from its content."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The dictionary's bytes."""
        about = self.about
        texts = {
            "Title": about.title,
            "Author": about.author,
            "Subject": about.subject,
            "Keywords": ", ".join(about.keywords),
            "Creator": PRODUCER,
            "Producer": f"{PRODUCER} (ReportLab)",
            "CreationDate": _pdf_date(about.date),
            "ModDate": _pdf_date(about.date),
        }
        entries: dict[str, object] = {
            key: pdfdoc.PDFString(value) for key, value in texts.items() if value
        }
        entries["Trapped"] = pdfdoc.PDFName("False")
        return pdfdoc.PDFDictionary(entries).format(document)


def _pdf_date(date: str) -> str:
    """A PDF date (7.9.4) from SOURCE_DATE_EPOCH, else from the source's date; '' where there is neither."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch:
        import time

        return time.strftime("D:%Y%m%d%H%M%SZ", time.gmtime(int(epoch)))
    parts = date.split("-")
    return f"D:{''.join(parts)}{'0101'[2 * (len(parts) - 1) :]}000000Z" if parts[0] else ""


def identifier(chunks: list[bytes], key: str) -> bytes:
    """The two equal halves of a file's /ID (14.4): its key, else from its content."""
    digest = sha256()
    for chunk in () if key else chunks:
        digest.update(chunk)
    half = (key or digest.hexdigest()[:32].upper()).encode()
    return b"\n[<" + half + b"><" + half + b">]\n"
