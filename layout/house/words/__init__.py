"""Words of the house, a module for each language but English: only that of the document is imported."""

# fmt: off
KNOWN = frozenset(
    {
        "am", "ar", "bn", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi",
        "hu", "hy", "id", "it", "ja", "ka", "ko", "nb", "nl", "pl", "pt", "ro", "ru",
        "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh", "zh_hant",
    }
)
# fmt: on
"""Languages that have a module here, by primary subtag; `zh_hant` is chosen by script or region."""
