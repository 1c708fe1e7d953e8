"""What the tests need beside Python: say what is missing, and install it where that is allowed.

Root on Debian or one of its children: installed with apt-get. Anywhere else: named, with the tests that will not run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class SystemPackage:
    """A Debian package with those it works with, the programs that the tests call, and the mark of those tests."""

    mark: str
    debian_names: tuple[str, ...]
    programs: tuple[str, ...]

    def missing_programs(self) -> list[str]:
        """The programs that are not on the PATH."""
        return [program for program in self.programs if shutil.which(program) is None]


SYSTEM_PACKAGES = (
    SystemPackage(mark="browser", debian_names=("chromium",), programs=("chromium",)),
    SystemPackage(mark="libreoffice", debian_names=("libreoffice-writer-nogui",), programs=("soffice",)),
    SystemPackage(mark="poppler", debian_names=("poppler-utils",), programs=("pdfinfo", "pdftoppm", "pdftotext")),
    SystemPackage(mark="agents", debian_names=("fusioninventory-agent",), programs=("fusioninventory-inventory",)),
    SystemPackage(mark="agents", debian_names=("ocsinventory-agent",), programs=("ocsinventory-agent",)),
    SystemPackage(mark="tesseract", debian_names=("tesseract-ocr", "tesseract-ocr-fra"), programs=("tesseract",)),
)


def missing_packages() -> list[SystemPackage]:
    """The packages of which at least one program is not there."""
    return [package for package in SYSTEM_PACKAGES if package.missing_programs()]


def may_install() -> bool:
    """Whether this machine lets us install: root, on Debian or one of its children."""
    return os.geteuid() == 0 and Path("/etc/debian_version").is_file() and shutil.which("apt-get") is not None


def install(packages: Iterable[SystemPackage]) -> bool:
    """Install with apt-get, asking nothing; whether it succeeded."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    names = [name for package in packages for name in package.debian_names]
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *names])
    return all(subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode == 0 for command in commands)


def describe(package: SystemPackage) -> str:
    """One line on a missing package: what is not there and which tests wait for it."""
    programs = ", ".join(package.missing_programs())
    return f"Missing: {programs} (Debian package {package.debian_names[0]}); the tests marked '{package.mark}' will not be run."


def main() -> int:
    """Install what is missing if we may; name what is still missing. Never a failure: pytest leaves those tests out and says so."""
    missing = missing_packages()
    if missing and may_install():
        print("Installing for the tests:", " ".join(name for package in missing for name in package.debian_names), flush=True)
        install(missing)
        missing = missing_packages()
    for package in missing:
        print(describe(package))
    return 0


if __name__ == "__main__":
    sys.exit(main())
