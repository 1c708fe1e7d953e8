"""The database setting: SQLite in the data folder, or PostgreSQL by one address."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database(url: str, folder: Path) -> dict[str, Any]:
    """What Django needs to know of the database that `url` names; without one, a SQLite file in the data folder."""
    return _postgresql(url) if url else sqlite(str(folder / "convenu.sqlite3"))


def sqlite(name: str) -> dict[str, Any]:
    """SQLite that keeps what it committed (FULL), lets readers read while one writes (WAL) and takes the write lock at once (IMMEDIATE)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "CONVENU_DATABASE_URL : l’adresse attendue est de la forme postgresql://utilisateur:mot-de-passe@serveur:5432/base. "
            "Sans cette variable, Convenu range ses données dans un fichier SQLite."
        )
    if find_spec("psycopg") is None:
        raise ImproperlyConfigured(
            "CONVENU_DATABASE_URL demande PostgreSQL, mais le paquet « psycopg » n’est pas installé. "
            "Installez-le dans le même environnement, ou retirez la variable pour revenir à SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
