"""Encrypted files (ISO 32000-1, 7.6): opened with one of the passwords that are given, then read as any other."""

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any

from pypdf import PasswordType
from pypdf._crypt_providers import crypt_provider
from pypdf._encryption import CryptFilter, Encryption
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
    create_string_object,
    encode_pdfdocencoding,
)

from layout.ground.problems import Place, Refused, refuse

WITHOUT = "ask its owner for a copy without protection"
OPTION = "--password-file"
GIVE = f"give its password in a file with {OPTION}, or {WITHOUT}"
INSTALL = "pip install 'offprint[encrypted]' adds it"
AES = frozenset(("/AESV2", "/AESV3"))
"""Methods (table 25) for which pypdf needs another library; RC4 it has itself."""
FILTERED = 4
"""The version of encryption from which on there are crypt filters (table 20)."""


def unlock(reader: Any, passwords: Sequence[str] | None, place: Place, name: str) -> None:
    """Have a reader decrypt what it reads, by the first of the passwords that opens the file.

    It may be the user's or the owner's. No password is ever tried that was not given, not even the
    empty one: a file that opens with it and is restricted by its owner is refused, as are all for
    which no password is right; None says that whoever asks has no passwords to give.
    """
    try:
        entries = reader.trailer["/Encrypt"]
        assert isinstance(entries, DictionaryObject)
        lock = Encryption.read(entries, _identity(reader))
    except Exception:  # a handler that nobody knows, or entries of other types
        message = f"{name} is encrypted in a way that cannot be opened here"
        raise refuse(place, message, WITHOUT) from None
    if AES & {lock.StmF, lock.StrF, lock.EFF} and crypt_provider[0] == "local_crypt_fallback":
        message = f"{name} is encrypted with AES, for which a library is missing"
        raise refuse(place, message, f"{INSTALL}, or {WITHOUT}")
    if not any(_opens(lock, password) for password in passwords or ()):
        raise _refused(lock, passwords, place, name)
    reader.unlock(_Key(lock, entries))


def _refused(lock: Any, passwords: Sequence[str] | None, place: Place, name: str) -> Refused:
    hint = WITHOUT if passwords is None else GIVE
    if _opens(lock, ""):
        how = "opens freely, but its owner restricts its use"
        return refuse(place, f"{name} is encrypted and {how}", hint)
    if passwords:
        return refuse(place, f"{name} is encrypted, and none of the passwords opens it", hint)
    return refuse(place, f"{name} is encrypted and needs a password", hint)


def _identity(reader: Any) -> bytes:
    """The first half of the file's /ID, which is part of the key; b'' where there is none."""
    halves = reader.trailer.get("/ID")
    halves = halves.get_object() if halves is not None else None
    first = halves[0] if isinstance(halves, ArrayObject) and halves else None
    return bytes(getattr(first, "original_bytes", b""))


def _opens(lock: Any, password: str) -> bool:
    return any(_verifies(lock, spelled) for spelled in _spelled(password, lock.V))


def _verifies(lock: Any, spelled: str | bytes) -> bool:
    try:
        found: bool = lock.verify(spelled) != PasswordType.NOT_DECRYPTED
        return found
    except Exception:  # entries of wrong lengths, or characters that no password may have
        return False


def _spelled(password: str, version: int) -> Iterator[str | bytes]:
    """A password in the encodings of its time: what the standard says first, then what programs did."""
    yield password
    if version <= FILTERED:
        try:
            yield encode_pdfdocencoding(password)
        except UnicodeEncodeError:
            pass
    if not password.isascii():
        yield password.encode()


class _Key:
    """What a reader asks to decrypt the objects of a file that is open."""

    def __init__(self, lock: Any, entries: DictionaryObject) -> None:
        self._lock = lock
        self._has_filters = lock.V >= FILTERED
        filters = entries.get("/CF") if self._has_filters else None
        self._filters = filters.get_object() if filters is not None else DictionaryObject()

    def decrypt_object(self, value: Any, number: int, generation: int) -> Any:
        """An object as it was before it was encrypted (algorithm 1)."""
        return self._plain(value, (number, generation), None)

    def _plain(self, value: Any, key: tuple[int, int], ciphers: CryptFilter | None) -> Any:
        if isinstance(value, DictionaryObject | ArrayObject | TextStringObject | ByteStringObject):
            ciphers = ciphers or self._lock._make_crypt_filter(*key)
        if isinstance(value, TextStringObject | ByteStringObject):
            assert ciphers
            return create_string_object(
                ciphers.str_crypt.decrypt(value.original_bytes, strict=False)
            )
        if isinstance(value, StreamObject):
            cipher = self._cipher(value, key, ciphers)
            if cipher is not None:
                value._data = cipher.decrypt(value._data, strict=False)
        if isinstance(value, DictionaryObject):
            for name in value:
                dict.__setitem__(value, name, self._plain(dict.get(value, name), key, ciphers))
        elif isinstance(value, ArrayObject):
            value[:] = [self._plain(each, key, ciphers) for each in list.__iter__(value)]
        return value

    def _cipher(self, stream: StreamObject, key: tuple[int, int], ciphers: Any) -> Any:
        """What the bytes of a stream are decrypted with (7.6.5); None for those that were not encrypted."""
        kind = _known(dict.get(stream, "/Type"))
        if kind == "/XRef":
            return None
        if not self._has_filters:
            return ciphers.stm_crypt
        named = _crypt(stream)
        if named is not None:
            method = self._method(named)
            if method is None:
                return None
            own = copy(self._lock)
            own.StmF = method
            return own._make_crypt_filter(*key).stm_crypt
        if kind == "/Metadata" and not self._lock.EncryptMetadata:
            return None
        return ciphers.ef_crypt if kind == "/EmbeddedFile" else ciphers.stm_crypt

    def _method(self, name: str) -> str | None:
        """The method of a crypt filter; None for the one that does nothing."""
        found = _known(self._filters.get(name)) if name != "/Identity" else None
        method = _known(found.get("/CFM")) if isinstance(found, DictionaryObject) else None
        return None if method in (None, "/None") else str(method)


def _crypt(stream: StreamObject) -> str | None:
    """The name of a stream's own crypt filter (7.4.10), which is taken out of its filters; None for none."""
    filters = _list(dict.get(stream, "/Filter"))
    if "/Crypt" not in filters:
        return None
    at = filters.index("/Crypt")
    parameters = _list(dict.get(stream, "/DecodeParms"))
    own = parameters[at] if at < len(parameters) else None
    name = _known(own.get("/Name")) if isinstance(own, DictionaryObject) else None
    for key, values in (("/Filter", filters), ("/DecodeParms", parameters)):
        left = ArrayObject(values[:at] + values[at + 1 :])
        if key in stream:
            dict.__setitem__(stream, NameObject(key), left)
    return str(name) if isinstance(name, NameObject) else "/Identity"


def _list(value: Any) -> list[Any]:
    found = _known(value)
    if isinstance(found, ArrayObject):
        return [_known(each) for each in list.__iter__(found)]
    return [] if found is None else [found]


def _known(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
