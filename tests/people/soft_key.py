"""A passkey made of nothing but numbers: what a browser would send, with a real key and real signatures."""

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

SITE, ORIGIN, ITS_ID = "testserver", "https://testserver", b"soft-key-0123456"
SHOWN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftKey:
    """One key; `registered` and `signed` are what it answers to a challenge of the site."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())

    def registered(self, challenge: str, *, count: int = 0, is_within: bool = False) -> dict[str, Any]:
        key = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, ITS_ID, key)
        about = AuthenticatorData.create(sha256(SITE.encode()), SHOWN | AuthenticatorData.FLAG.AT, count, credential)
        said = CollectedClientData.create("webauthn.create", challenge, ORIGIN, is_within)
        attested = AttestationObject.create("none", about, {})
        response = {"clientDataJSON": websafe_encode(said), "attestationObject": websafe_encode(attested)}
        return _answer(response, clientExtensionResults={"credProps": {"rk": True}})

    def signed(self, challenge: str, person: str, *, count: int = 0, is_within: bool = False) -> dict[str, Any]:
        """`count` is how often it says it has signed; `is_within`, whether its page stood in one of another site."""
        about = AuthenticatorData.create(sha256(SITE.encode()), SHOWN, count)
        said = CollectedClientData.create("webauthn.get", challenge, ORIGIN, is_within)
        signature = self.private.sign(about + sha256(said), ec.ECDSA(SHA256()))
        return _answer(
            {
                "clientDataJSON": websafe_encode(said),
                "authenticatorData": websafe_encode(about),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(person.encode()),
            }
        )


def _answer(response: dict[str, str], **more: object) -> dict[str, Any]:
    return {
        "id": websafe_encode(ITS_ID), "rawId": websafe_encode(ITS_ID), "type": "public-key", "response": response,
        "clientExtensionResults": {}, **more,
    }  # fmt: skip


GARBAGE: list[Any] = ["", "AA", "!!", 7, [], None, "A" * 5000]
TEXTS = {
    "empty": "",
    "not JSON": "{",
    "null": "null",
    "a list": "[]",
    "a number": "7",
    "text": '"x"',
    "keys": "{}",
    "deep": "[" * 100_000,
    "long number": "1" * 5_000,
    "endless": "NaN",
    "half a sign": '"\\ud800"',
}


def broken_answers(answer: dict[str, Any], *, is_named: bool = True) -> dict[str, str]:
    """Everything wrong that a body may hold in place of this answer, by what is wrong.

    What nothing reads is left whole: who it is, where that is known (`is_named`).
    """
    said = answer["response"]
    inside = [key for key in said if is_named or key != "userHandle"]
    bodies: dict[str, Any] = {}
    for key in ("id", "rawId", "response"):
        bodies |= {f"{key} is {value!r:.9}": {**answer, key: value} for value in GARBAGE}
    for key in inside:
        responses = {f"{key} is {value!r:.9}": {**said, key: value} for value in GARBAGE}
        responses[f"no {key}"] = {name: value for name, value in said.items() if name != key}
        bodies |= {wrong: {**answer, "response": response} for wrong, response in responses.items()}
    for added in (None, [], 7, {"credProps": None}, {"credProps": []}, {"credProps": 7}):
        bodies[f"adds {added}"] = {**answer, "clientExtensionResults": added}
    for key in ("rawId", *inside):  # what a reading of bytes leaves out
        where = answer if key == "rawId" else said
        changed = {**where, key: where[key] + "\0"}
        bodies[f"{key} with more than bytes"] = changed if key == "rawId" else {**answer, "response": changed}
    bodies["another kind"] = {**answer, "type": "\0"}
    bodies["another key that is no number"] = {**answer, "more": float("nan")}
    bodies["long"] = {**answer, "more": "x" * 30_000}
    bodies |= {f"no {gone}": {key: answer[key] for key in answer if key != gone} for gone in ("rawId", "response")}
    return TEXTS | {wrong: json.dumps(value) for wrong, value in bodies.items()}
