from __future__ import annotations

import pickle

import pytest

import normalize.errors as errors
from normalize.errors import EncryptedInputError, ExitCode, InputError, SohoaError


def _tree(cls: type[SohoaError]) -> list[type[SohoaError]]:
    return [cls, *(leaf for sub in cls.__subclasses__() for leaf in _tree(sub))]


def test_every_error_is_drawn_in_the_docstring_with_its_exit_code():
    drawn = dict(
        line.split("|")[-1].removeprefix("   ").replace("+--", "").split()[:2]
        for line in (errors.__doc__ or "").splitlines()
        if "Error " in line and line.startswith("    ")
    )
    assert drawn == {cls.__name__: str(int(cls.exit_code)) for cls in _tree(SohoaError)}


def test_every_error_says_what_to_do_next():
    for cls in _tree(SohoaError):
        if cls not in (SohoaError, InputError):
            assert cls("Broken.").todo, cls


def test_errors_survive_the_way_between_processes():
    error = pickle.loads(pickle.dumps(EncryptedInputError("a.pdf needs a password.", "Ask.")))
    assert (error.what, error.todo, error.exit_code) == ("a.pdf needs a password.", "Ask.", ExitCode.ENCRYPTED)


@pytest.mark.parametrize(("cls", "code"), [(EncryptedInputError, "encrypted_input"), (SohoaError, "sohoa")])
def test_codes_are_stable_names(cls, code):
    assert cls("x").code == code


def test_public_names_are_the_tree():
    assert set(errors.__all__) == {cls.__name__ for cls in _tree(SohoaError)} | {"ExitCode"}
