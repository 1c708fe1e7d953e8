from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from convenu.actions.second_factor import confirm_totp, enrol_totp
from convenu.store.credentials import WrongKeyError
from tests.web.people import NOW, open_house


def everything_in_the_database() -> str:
    rows: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of ours, quoted
            rows += [repr([bytes(value) if isinstance(value, memoryview) else value for value in row]) for row in cursor.fetchall()]
    return "\n".join(rows)


@pytest.mark.django_db
def test_a_copy_of_the_database_holds_no_authenticator_secret_and_no_recovery_code() -> None:
    import pyotp

    alice = open_house().alice.user
    device = enrol_totp(alice)
    codes = confirm_totp(alice, code=pyotp.TOTP(device.secret()).at(NOW), now=NOW)
    dump = everything_in_the_database()
    assert "alice@argoat.example" in dump
    assert not [secret for secret in [device.secret(), *codes, *[code.replace("-", "") for code in codes]] if secret in dump]


@pytest.mark.django_db
def test_a_wrong_key_is_said_so_not_taken_for_a_wrong_code(settings: Any) -> None:
    device = enrol_totp(open_house().alice.user)
    settings.CONVENU_TOTP_KEY = b"another key"
    with pytest.raises(WrongKeyError, match=r"totp\.key"):
        device.secret()
