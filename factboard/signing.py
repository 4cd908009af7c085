"""Signatures (Ed25519) that outlive the database: whoever can change every table still cannot sign in our name.

The private key is in a file of the operator's own, or else made from `FACTBOARD_SECRET_KEY`; never in the database.
What is signed carries the public key. That it is *ours* a reader knows by its fingerprint, kept apart from it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factboard.settings import Settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PURPOSE = b"factboard: signatures of checkpoints and case packs"  # the same secret is used for nothing else by this way


class NoKey(Exception):
    """Nothing can be signed: no secret, or a key file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs in this service's name. `public` is the public key, base64."""

    _key: Ed25519PrivateKey
    public: str

    def sign(self, text: str) -> str:
        """The signature of the text's UTF-8, base64."""
        return _text(self._key.sign(text.encode()))


def signer(settings: Settings) -> Signer:
    """This service's own. Raises `NoKey`."""
    from cryptography.hazmat.primitives import hashes, serialization  # slow to import, and not every process signs
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    secret = settings.secret_key.get_secret_value().encode()
    if settings.signing_key:
        try:
            key = serialization.load_pem_private_key(Path(settings.signing_key).read_bytes(), password=None)
        except (OSError, ValueError, TypeError) as error:
            raise NoKey(f"{settings.signing_key}: {error}") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise NoKey(f"{settings.signing_key}: not an Ed25519 key")
    elif secret:
        seed = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(secret)
        key = Ed25519PrivateKey.from_private_bytes(seed)
    else:
        raise NoKey("FACTBOARD_SECRET_KEY is not set")
    return Signer(key, _text(key.public_key().public_bytes_raw()))


def signed(public: str, text: str, signature: str) -> bool:
    """Did the holder of this public key sign exactly this text?"""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(_bytes(public)).verify(_bytes(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """What people compare: the first 16 hexadecimal digits of the key's SHA-256, in groups of four."""
    digest = hashlib.sha256(public.encode()).hexdigest()
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4))


def pem(public: str) -> str:
    """The public key as other programs read it (openssl)."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(_bytes(public))
    known = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return key.public_bytes(*known).decode()


def public_in(text: str) -> str:
    """The public key in a PEM, base64. Raises ValueError where there is none of ours in it."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = serialization.load_pem_public_key(text.encode())
    except UnsupportedAlgorithm:
        raise ValueError("no Ed25519 key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("no Ed25519 key")
    return _text(key.public_bytes_raw())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
