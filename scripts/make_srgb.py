"""Write the sRGB profile that digital editions carry, as LittleCMS makes it: `python scripts/make_srgb.py FILE`.

Its date is taken out, so that the same version gives the same bytes, and it is stated as ICC 4.2
(ISO 15076-1:2005), the latest that ISO 32000-1 knows; it holds nothing that is newer.
"""

import sys
from pathlib import Path

from PIL import ImageCms

VERSION, DATE = slice(8, 12), slice(24, 36)
"""Where the header of a profile says them (ISO 15076-1, 7.2)."""


def profile() -> bytes:
    """The profile's bytes."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[VERSION] = bytes((4, 0x20, 0, 0))
    data[DATE] = bytes((7, 0xDA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    return bytes(data)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(profile())
