"""Streams unpacked, as far as that is in proportion to the file that they are in."""

from pypdf import apply_configuration
from pypdf.errors import PdfReadError
from pypdf.filters import decode_stream_data
from pypdf.generic import StreamObject

MOST = 75_000_000
"""Bytes of one stream, unpacked, which is pypdf's own limit."""
LEAST = 1 << 27
"""Bytes of all streams of the smallest file that are unpacked, and for each byte of a larger one:"""
TIMES = 32
RECOVERED = 1 << 20
"""Bytes of a damaged stream that pypdf looks at one by one."""


class Damaged(PdfReadError):
    """Raised for a stream that cannot be unpacked."""


class Spent(Damaged):
    """Raised where streams would have to be unpacked that are far larger than their file."""


class Unpacker:
    """Unpacks the streams of a file of so many bytes."""

    def __init__(self, size: int) -> None:
        self._left = LEAST + TIMES * size

    def data_of(self, stream: StreamObject) -> bytes:
        """The bytes of a stream, unpacked; raises `Damaged`.

        They are not kept: who wants them twice keeps them.
        """
        if self._left < 0:
            raise Spent("too much would have to be unpacked")
        self._left -= len(stream._data)
        if "/Filter" not in stream:
            return stream._data
        size = MOST
        try:
            with apply_configuration(zlib_maximum_recovery_input_length=RECOVERED):
                data: bytes = decode_stream_data(stream)
            size = len(data)
        except MemoryError:
            raise
        except Exception as error:  # a filter that pypdf does not know or limits, or damage
            raise Damaged("a stream cannot be unpacked") from error
        finally:
            self._left -= size  # one that fails may have cost as much as the largest
        return data
