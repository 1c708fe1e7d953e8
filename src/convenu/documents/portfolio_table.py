"""The contracts of a folder as a table: CSV, Excel, and their deadlines as a calendar."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import xlsxwriter

from convenu.agreement.audit.portfolio import PortfolioLine
from convenu.vocabulary.findings import Severity

FORMATS = (".csv", ".xlsx", ".ics")
Cell = str | int | date | None
# A cell that begins with one of these is taken for a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FOLD = 75


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what it says of a contract, its width in characters."""

    head: str
    said: Callable[[PortfolioLine], Cell]
    width: int = 14


def _expired(line: PortfolioLine) -> str | None:
    return f"échu le {line.expired:%d/%m/%Y}" if line.expired else None


COLUMNS: tuple[Column, ...] = (
    Column("Fichier", lambda line: line.file, 34),
    Column("Contrat de services", lambda line: "non lu" if line.findings is None else "oui" if line.is_service_contract else "non"),
    Column("Langue", lambda line: line.language, 8),
    Column("Date d’effet", lambda line: line.effective),
    Column("Durée initiale (mois)", lambda line: line.initial_months),
    Column("Reconduction (mois)", lambda line: line.renewal_months),
    Column("Préavis (jours)", lambda line: line.notice_days),
    Column("Fin de la période en cours", lambda line: line.running.ends if line.running else _expired(line), 18),
    Column("Dernier jour du préavis", lambda line: line.running.notice_by if line.running else None),
    Column("Paiement (jours)", lambda line: line.payment_days),
    Column("Indice", lambda line: line.price_index),
    Column("Plafond de la révision (%)", lambda line: line.index_cap),
    Column("Plafond de responsabilité", lambda line: line.liability_cap, 20),
    Column("Constats bloquants", lambda line: line.count(Severity.BLOCKING)),
    Column("Alertes", lambda line: line.count(Severity.HIGH)),
    Column("Conseils", lambda line: line.count(Severity.MEDIUM, Severity.LOW)),
    Column("Stipulations qui manquent", lambda line: " ; ".join(line.missing), 60),
    Column("À savoir", lambda line: " ".join(line.not_read), 60),
)


def write_portfolio(suffix: str, lines: Sequence[PortfolioLine], *, on: date) -> bytes:
    """The table as the bytes of a `.csv` or an `.xlsx`, or the deadlines as an `.ics`."""
    match suffix:
        case ".csv":
            return _csv(lines)
        case ".xlsx":
            return _excel(lines)
        case ".ics":
            return _calendar(lines, on)
        case _:
            raise ValueError(f"no format for « {suffix} »: choose one of {', '.join(FORMATS)}")


def _csv(lines: Iterable[PortfolioLine]) -> bytes:
    """As French spreadsheets open it: semicolons, and the mark that says UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.head for column in COLUMNS)
    for line in lines:
        writer.writerow(_harmless(column.said(line)) for column in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> str:
    if cell is None:
        return ""
    words = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _excel(lines: Sequence[PortfolioLine]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Contrats")
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        words = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.head, head)
        for rank, line in enumerate(lines, start=1):
            for place, column in enumerate(COLUMNS):
                cell = column.said(line)
                if isinstance(cell, date):
                    sheet.write_datetime(rank, place, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(rank, place, cell, words)
                elif cell:
                    sheet.write_string(rank, place, cell, words)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(lines)), len(COLUMNS) - 1)
    return out.getvalue()


# ------------------------------------------------------------------------------------------------------------------ calendar


def _calendar(lines: Iterable[PortfolioLine], on: date) -> bytes:
    """The deadlines to come, as iCalendar (RFC 5545): whole days, with a reminder a month before the notice."""
    said = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Convenu//Audit//FR", "CALSCALE:GREGORIAN", "X-WR-CALNAME:Échéances des contrats"]
    for line in lines:
        running = line.running
        if running is None:
            continue
        if running.notice_by is not None and running.notice_by >= on:
            why = f"Au-delà de ce jour, un préavis n’arrête plus la période suivante. La période en cours finit le {running.ends:%d/%m/%Y}."
            said += _event(line.file, "Dernier jour du préavis", running.notice_by, on, why=why, reminder=True)
        said += _event(line.file, "Fin de la période", running.ends, on, why=_after(line), reminder=False)
    said.append("END:VCALENDAR")
    return "".join(f"{_folded(one)}\r\n" for one in said).encode()


def _after(line: PortfolioLine) -> str:
    """What becomes of a contract after the period that runs, as read."""
    if line.renewal_months:
        return f"Sans préavis, le contrat est reconduit pour {line.renewal_months} mois."
    return "Aucune durée de reconduction n’a été lue dans ce contrat."


def _event(file: str, what: str, day: date, on: date, *, why: str, reminder: bool) -> list[str]:
    # The same contract and deadline keep their name from one calendar to the next, so that a second import replaces the first.
    name = hashlib.sha256(f"{file}\n{what}\n{day.isoformat()}".encode()).hexdigest()[:32]
    event = [
        "BEGIN:VEVENT",
        f"UID:{name}@convenu",
        f"DTSTAMP:{on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{what} : {file}')}",
        f"DESCRIPTION:{_escaped(why)}",
        "TRANSP:TRANSPARENT",
    ]
    if reminder:
        event += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(f'{what} : {file}')}", "TRIGGER:-P30D", "END:VALARM"]
    return [*event, "END:VEVENT"]


def _escaped(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.split())


def _folded(line: str) -> str:
    """No line is longer than 75 bytes; the next one begins with a space. No character is cut."""
    pieces: list[str] = []
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _FOLD - bool(pieces):
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + sign, size + width
    return "\r\n ".join([*pieces, piece])
