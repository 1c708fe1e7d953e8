"""`convenu serve`: the database brought up to date, then the pages and the background worker, under one process."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

WORKERS = 2
THREADS = 4
STOP_WAITS = 10
WATCH_EVERY = 1.0
FIRST_RESTART, LAST_RESTART = 1, 60
PACKAGE = Path(__file__).parent.parent


def serve(port: int, demo: bool, host: str = "127.0.0.1") -> int:  # noqa: FBT001 - the command line's own words
    """Serve until told to stop; the exit code."""
    listening = _listen(host, port)
    if listening is None:
        return 2
    _prepare_environment(host, demo=demo)
    try:
        _prepare()
    except _configuration_error() as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    if demo:
        _open_demo()
    return _run(listening, host)


def _listen(host: str, port: int) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        print(  # noqa: T201
            f"L’adresse {host}:{port} n’est pas libre ({getattr(error, 'strerror', None) or error}).\n"
            "Un autre Convenu tourne peut-être déjà : ouvrez-le, ou choisissez un autre port, "
            f"par exemple « convenu serve --port {port % 60000 + 1} ».",
            file=sys.stderr,
        )
        return None
    listening.listen(128)
    return listening


def _prepare_environment(host: str, *, demo: bool) -> None:
    """Set what the settings read. The demo has a data folder of its own: invented data never meets real ones."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "convenu.web.settings"
    if demo:
        from convenu.library.data_folder import data_folder  # noqa: PLC0415 - the folder is chosen before the settings are read

        os.environ["CONVENU_DATA"] = str(data_folder() / "demo")
        os.environ["CONVENU_DEMO"] = "1" if _is_loopback(host) else "0"
        os.environ.pop("CONVENU_DATABASE_URL", None)
    if not _is_loopback(host):
        os.environ.setdefault("CONVENU_SETUP_CODE", secrets.token_hex(6))


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _configuration_error() -> type[Exception]:
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - Django is not needed to say that a port is taken

    return ImproperlyConfigured


def _prepare() -> None:
    """Migrate and gather the static files, unless nothing changed since the last time."""
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    seen = Path(settings.DATA_FOLDER) / "prepared.json"
    now = _fingerprints()
    if seen.exists() and json.loads(seen.read_text()) == now and _tables_are_there():
        return
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    seen.write_text(json.dumps(now))


def _tables_are_there() -> bool:
    from django.db import DatabaseError  # noqa: PLC0415

    from convenu.store.models import Organisation  # noqa: PLC0415

    try:
        Organisation.objects.exists()
    except DatabaseError:
        return False
    return True


def _fingerprints() -> dict[str, str]:
    """What the preparation depends on: our migrations and static files, the installed packages, the database's address."""
    import django  # noqa: PLC0415
    import django_htmx  # noqa: PLC0415
    import django_tasks_db  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    files = hashlib.sha256()
    for path in _files_prepared_from():
        files.update(f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}\n".encode())
    packages = [
        f"{package.__name__}:{Path(package.__file__ or '').stat().st_mtime_ns}" for package in (django, django_htmx, django_tasks_db)
    ]
    database = hashlib.sha256(repr(sorted(settings.DATABASES["default"].items(), key=str)).encode()).hexdigest()
    return {"files": files.hexdigest(), "packages": " ".join(packages), "database": database}


def _files_prepared_from() -> Iterator[Path]:
    for folder, pattern in ((PACKAGE / "store" / "migrations", "*.py"), (PACKAGE / "web" / "static", "**/*")):
        yield from (path for path in sorted(folder.glob(pattern)) if path.is_file())


def _open_demo() -> None:
    from django.utils import timezone  # noqa: PLC0415

    from convenu.actions.demo import open_demo_company  # noqa: PLC0415

    open_demo_company(timezone.now())


def _run(listening: socket.socket, host: str) -> int:
    """The pages and the worker until a signal. A worker that dies is started again; without pages there is nothing to serve."""
    stop = threading.Event()

    def told(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told)
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    pages, worker = _start_pages(listening), _Worker()
    port = listening.getsockname()[1]
    listening.close()
    threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    while not stop.wait(WATCH_EVERY) and pages.poll() is None:
        worker.watch()
    failed = not stop.is_set()
    _stop([pages, worker.process])
    return 1 if failed else 0


def _start_pages(listening: socket.socket) -> subprocess.Popen[bytes]:
    descriptor = listening.fileno()
    options = ["--bind", f"fd://{descriptor}", "--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS)]
    quiet = ["--log-level", "warning", "--graceful-timeout", str(STOP_WAITS - 2), "--preload", "--no-control-socket"]
    # A process group of its own: Ctrl-C reaches this process alone, which then stops the others in order.
    return subprocess.Popen(  # noqa: S603 - our own program, no word of it from outside
        [sys.executable, "-m", "gunicorn", *options, *quiet, "convenu.web.wsgi:application"], pass_fds=[descriptor], start_new_session=True
    )


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--verbosity", "0"], start_new_session=True)


class _Worker:
    """The background work: started again when it dies, ever later when it keeps dying."""

    def __init__(self) -> None:
        self.process = self._start()
        self._delay = FIRST_RESTART
        self._due: float | None = None

    def watch(self) -> None:
        """Look whether it lives; plan its next start when it does not."""
        now = time.monotonic()
        if self.process.poll() is None:
            return
        if self._due is None:
            lived = now - self._started
            self._delay = FIRST_RESTART if lived > LAST_RESTART else min(self._delay * 2, LAST_RESTART)
            self._due = now + self._delay
            print(f"Le travail de fond s’est arrêté ; il repart dans {self._delay} s.", file=sys.stderr, flush=True)  # noqa: T201
        elif now >= self._due:
            self.process, self._due = self._start(), None

    def _start(self) -> subprocess.Popen[bytes]:
        self._started = time.monotonic()
        return _start_worker()


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(STOP_WAITS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _announce(host: str, port: int) -> None:
    """Print the address once a first page answers."""
    from django.conf import settings  # noqa: PLC0415

    from convenu.actions.organisations import nothing_opened_yet  # noqa: PLC0415

    shown = f"[{host}]" if ":" in host else host
    code = settings.CONVENU_SETUP_CODE
    local = "127.0.0.1" if host == "0.0.0.0" else shown  # noqa: S104 - compared, not bound
    request = urllib.request.Request(f"http://{local}:{port}/sante", headers={"Host": settings.ALLOWED_HOSTS[0]})
    with contextlib.suppress(urllib.error.HTTPError):  # it answered: that is enough
        urllib.request.build_opener(_NoRedirect).open(request, timeout=30).close()
    print(f"Convenu est prêt : http://{shown}:{port}/   (Ctrl-C pour arrêter)", flush=True)  # noqa: T201
    if code and nothing_opened_yet():
        print(f"Première ouverture depuis une autre machine : /premier-pas?code={code}", flush=True)  # noqa: T201


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer too."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Follow none."""
