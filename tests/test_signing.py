"""What is signed in the service's name, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from factboard.settings import Settings
from factboard.signing import NoKey, fingerprint, signed, signer

SECRET = "ett hemligt värde för prov, 32 tecken"


def test_what_was_signed_is_known_as_ours_and_nothing_else_is() -> None:
    own, other = signer(Settings(secret_key=SECRET)), signer(Settings(secret_key=SECRET + "!"))
    signature = own.sign("Åsa, nr 7")
    assert signed(own.public, "Åsa, nr 7", signature)
    assert not signed(own.public, "Åsa, nr 8", signature)
    assert not signed(other.public, "Åsa, nr 7", signature)
    assert not signed(own.public, "Åsa, nr 7", other.sign("Åsa, nr 7"))
    assert not signed(own.public, "Åsa, nr 7", "inte base64")
    assert not signed("inte base64", "Åsa, nr 7", signature)


def test_the_same_secret_is_the_same_key_after_a_restart_and_people_compare_it_by_sixteen_signs() -> None:
    first, again = signer(Settings(secret_key=SECRET)), signer(Settings(secret_key=SECRET))
    assert first.public == again.public
    assert len(fingerprint(first.public).replace(" ", "")) == 16
    assert fingerprint(first.public) != fingerprint(signer(Settings(secret_key=SECRET + "!")).public)


def test_an_operators_own_key_file_is_used_and_a_useless_one_says_so(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(Ed25519PrivateKey.generate().private_bytes(*pem))
    own = signer(Settings(secret_key=SECRET, signing_key=str(file)))
    assert own.public != signer(Settings(secret_key=SECRET)).public
    assert signed(own.public, "text", own.sign("text"))
    file.write_bytes(ec.generate_private_key(ec.SECP256R1()).private_bytes(*pem))
    for wrong in (
        Settings(signing_key=str(file)),
        Settings(signing_key=str(tmp_path / "none")),
        Settings(secret_key=""),
    ):
        with pytest.raises(NoKey):
            signer(wrong)
