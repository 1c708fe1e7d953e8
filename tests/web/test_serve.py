from __future__ import annotations

import os
import socket
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.web.served import serving

ROOT = Path(__file__).parents[2]


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CONVENU_", "DJANGO_"))}
    environment = {**kept, "CONVENU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "convenu.web.settings", **variables}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False)


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
        return str(answer.read().decode())


@pytest.mark.slow
def test_serve_starts_twice_keeps_its_data_apart_from_real_ones_and_stops_cleanly(tmp_path: Path) -> None:
    with serving(tmp_path, demo=True) as served:
        text = page(served.address)
        assert "Hélionde Infogérance" in text
        assert "Données fictives" in text
        stylesheet = text.split('rel="stylesheet" href="')[1].split('"')[0]
        assert "--accent" in page(served.address + stylesheet)
    prepared = tmp_path / "demo" / "prepared.json"
    before = prepared.stat().st_mtime_ns
    with serving(tmp_path, demo=True) as served:
        assert "Hélionde Infogérance" in page(served.address)
    assert prepared.stat().st_mtime_ns == before
    with sqlite3.connect(tmp_path / "demo" / "convenu.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM store_organisation").fetchone() == (1,)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with serving(tmp_path) as served:
        assert "Premier pas" in page(served.address)


@pytest.mark.slow
@pytest.mark.parametrize(("killed", "code", "told"), [("_start_worker", 0, "il repart"), ("_start_pages", 1, "")])
def test_a_dead_worker_is_started_again_and_dead_pages_end_everything(tmp_path: Path, killed: str, code: int, told: str) -> None:
    program = (
        "import os, signal, threading\n"
        "import convenu.web.serve as s\n"
        f"start, started = s.{killed}, []\n"
        "def short(*arguments):\n"
        "    child = start(*arguments)\n"
        "    threading.Timer(1, *((os.kill, (os.getpid(), signal.SIGTERM)) if started else (child.kill,))).start()\n"
        "    started.append(child)\n"
        "    return child\n"
        f"s.{killed} = short\n"
        "code = s.serve(0, False)\n"
        "print(len(started), all(child.poll() is not None for child in started))\n"
        "os._exit(code)\n"
    )
    done = run(tmp_path, "-u", "-c", program)
    assert done.returncode == code
    assert told in done.stderr
    assert done.stdout.splitlines()[-1] == ("2 True" if code == 0 else "1 True")


def test_a_port_taken_is_said_in_french(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(tmp_path, "-c", f"from convenu.web.serve import serve; raise SystemExit(serve({port}, False))")
    assert done.returncode == 2
    assert f"127.0.0.1:{port} n’est pas libre" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_database_address_is_said_in_french(tmp_path: Path) -> None:
    for url, words in (("mysql://x/y", "postgresql://"), ("postgresql://u:p@db/convenu", "psycopg")):
        done = run(tmp_path, "-c", "from convenu.web.serve import serve; raise SystemExit(serve(0, False))", CONVENU_DATABASE_URL=url)
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_the_deployment_check_is_clean_as_served(tmp_path: Path) -> None:
    for variables in ({"CONVENU_HOSTS": "convenu.argoat.example"}, {}):
        done = run(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING", **variables)
        assert done.returncode == 0, done.stderr


def test_cookies_are_secure_and_https_asked_for_as_soon_as_a_public_name_is_given(tmp_path: Path) -> None:
    names = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, *s.ALLOWED_HOSTS"
    show = f"from django.conf import settings as s; print({names})"
    assert run(tmp_path, "-c", show, CONVENU_HOSTS="convenu.argoat.example").stdout == "True True True convenu.argoat.example\n"
    assert run(tmp_path, "-c", show).stdout == "False False False localhost 127.0.0.1 [::1]\n"


def test_the_demo_does_not_sign_in_by_itself_under_a_public_name(tmp_path: Path) -> None:
    show = "from django.conf import settings as s; print(s.CONVENU_DEMO)"
    assert run(tmp_path, "-c", show, CONVENU_DEMO="1", CONVENU_HOSTS="convenu.argoat.example").stdout == "False\n"


def test_passwords_are_hashed_by_argon2_and_each_connection_is_durable(tmp_path: Path) -> None:
    show = (
        "import django; django.setup()\n"
        "from django.contrib.auth.hashers import make_password\n"
        "from django.db import connection\n"
        "print(make_password('x')[:6])\n"
        "with connection.cursor() as c:\n"
        "    for name in ('synchronous', 'foreign_keys', 'journal_mode'):\n"
        "        print(c.execute(f'PRAGMA {name}').fetchone()[0])\n"
    )
    assert run(tmp_path, "-c", show).stdout.split() == ["argon2", "2", "1", "wal"]


def test_the_keys_are_readable_by_their_owner_alone_and_stay(tmp_path: Path) -> None:
    show = "from django.conf import settings as s; print(s.SECRET_KEY, s.CONVENU_TOTP_KEY)"
    first, second = run(tmp_path, "-c", show).stdout, run(tmp_path, "-c", show).stdout
    assert first == second
    for name in ("session.key", "totp.key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert len({path.read_bytes() for path in tmp_path.glob("*.key")}) == 2


def test_two_processes_starting_together_end_with_the_same_key(tmp_path: Path) -> None:
    show = "import sys, pathlib; from convenu.web.kept_keys import kept_key; print(kept_key(pathlib.Path(sys.argv[1])))"
    racing = [subprocess.Popen([sys.executable, "-c", show, str(tmp_path / "k")], stdout=subprocess.PIPE, cwd=ROOT) for _number in range(6)]
    assert len({child.communicate()[0] for child in racing}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["k"]


def test_messages_go_to_the_outbox_without_a_mail_server_and_by_smtp_with_one(tmp_path: Path) -> None:
    show = "from django.conf import settings as s; print(s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_FILE_PATH)"
    assert run(tmp_path, "-c", show).stdout.strip() == f"filebased {tmp_path / 'outbox'}"
    assert run(tmp_path, "-c", show, CONVENU_MAIL_HOST="mail.argoat.example").stdout.startswith("smtp ")
