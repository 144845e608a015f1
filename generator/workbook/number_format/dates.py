"""Dates, clock times and durations as a section shows them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from generator.workbook.number_format.chinese import by_digit, in_date
from generator.workbook.number_format.codes import Section

LAST_DAY = 2_958_465  # 9999-12-31
_FALSE_LEAP_DAY = 60  # Excel's 1900 has a 29 February, as Lotus had
_YEARS_BETWEEN = 1462  # days from the 1900 to the 1904 system
_DAY = 86_400  # seconds
_FINEST = 9  # decimals of a second
_CLOCK = frozenset({"hour", "minute", "second", "elapsed"})
_MINGUO, _BUDDHIST = 1911, 543
_WEEKDAYS = "日一二三四五六"
_ENGLISH_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def to_date(serial: Decimal, date1904: bool) -> date | None:
    """The day of a date serial; None for what is no day: 0, 60 in the 1900 system, after 9999."""
    if not serial.is_finite() or not 0 <= serial < LAST_DAY + 1:
        return None
    day = int(serial) + (_YEARS_BETWEEN if date1904 else 0)
    if day in (0, _FALSE_LEAP_DAY) or day > LAST_DAY:
        return None
    return date(1899, 12, 30 if day > _FALSE_LEAP_DAY else 31) + timedelta(day)


class Moment:
    """A serial from 0 on taken apart, rounded as far as its section shows seconds."""

    __slots__ = ("day", "fraction", "month", "seconds", "serial", "weekday", "year")

    def __init__(self, serial: Decimal, places: int, date1904: bool) -> None:
        seconds = (serial * _DAY).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        self.seconds = int(seconds)
        self.fraction = format(seconds - self.seconds, "f")[2:]
        self.serial = self.seconds // _DAY + (_YEARS_BETWEEN if date1904 else 0)
        self.weekday = (self.serial - 1) % 7
        day = to_date(Decimal(self.serial), False)
        if day is not None:
            self.year, self.month, self.day = day.year, day.month, day.day
        else:
            self.year, self.month, self.day = (1900, 2, 29) if self.serial else (1900, 1, 0)


def show_date(section: Section, serial: Decimal, date1904: bool) -> list[str] | None:
    """The texts of all tokens for a serial from 0 on; None for one beyond the calendar."""
    if serial >= LAST_DAY + 1:
        return None
    kinds = {kind for kind, _ in section.tokens}
    places = max((len(text) - 1 for kind, text in section.tokens if kind == "fraction"), default=0)
    # A date alone is not rounded up to the next day, but for the noise of a stored fraction.
    moment = Moment(serial, min(places, _FINEST) if kinds & _CLOCK else 3, date1904)
    if moment.serial > LAST_DAY:
        return None
    numbers = _numbers(moment, twelve="clock" in kinds)
    return [_part(kind, text, moment, section, numbers) for kind, text in section.tokens]


def _numbers(moment: Moment, twelve: bool) -> dict[str, int]:
    hour = moment.seconds // 3600 % 24
    numbers = {"month": moment.month, "day": moment.day, "hour": (hour + 11) % 12 + 1 if twelve else hour}
    return numbers | {"minute": moment.seconds // 60 % 60, "second": moment.seconds % 60}


def _part(kind: str, text: str, moment: Moment, section: Section, numbers: dict[str, int]) -> str:
    size = len(text)
    if kind == "year":
        return by_digit(_year(text, moment, section), section.dbnum)
    if kind == "month" and size > 2:
        return _month(size, moment, section.chinese)
    if kind == "day" and size > 2:
        return _weekday(size, moment, section.chinese)
    if kind == "weekday":
        return f"{'星期' if size > 3 else '周' if section.chinese else ''}{_WEEKDAYS[moment.weekday]}"
    if kind == "era":
        return ("民國", "中華民國")[size > 2] if section.taiwan else ""
    if kind == "clock":
        return _half_of_day(text, moment, section.chinese)
    if kind == "fraction":
        return "." + by_digit(moment.fraction.ljust(size - 1, "0")[: size - 1], section.dbnum)
    if kind == "elapsed":
        number = moment.seconds // {"h": 3600, "m": 60, "s": 1}[text[0]]
    elif kind in numbers:
        number = numbers[kind]
    else:
        return text
    return in_date(str(number), section.dbnum) if section.dbnum else str(number).zfill(min(size, 2))


def _year(text: str, moment: Moment, section: Section) -> str:
    year = moment.year
    if text[0] == "e":
        if not section.taiwan:
            return str(year)
        return str(year - _MINGUO if year > _MINGUO else _MINGUO + 1 - year)
    if text[0] == "b":
        year += _BUDDHIST
    return f"{year:04d}" if len(text) > 2 else f"{year % 100:02d}"


def _month(size: int, moment: Moment, chinese: bool) -> str:
    if size == 3:
        return f"{moment.month}月" if chinese else _ENGLISH_MONTHS[moment.month - 1][:3]
    name = f"{_MONTHS[moment.month - 1]}月" if chinese else _ENGLISH_MONTHS[moment.month - 1]
    return name[0] if size == 5 else name


def _weekday(size: int, moment: Moment, chinese: bool) -> str:
    if chinese:
        return f"{'周' if size == 3 else '星期'}{_WEEKDAYS[moment.weekday]}"
    name = _ENGLISH_DAYS[moment.weekday]
    return name[:3] if size == 3 else name


def _half_of_day(text: str, moment: Moment, chinese: bool) -> str:
    late = moment.seconds % _DAY >= _DAY // 2
    if chinese or text[0] == "上":
        return "下午" if late else "上午"
    if len(text) > 3:
        return "PM" if late else "AM"
    return text[-1] if late else text[0]
