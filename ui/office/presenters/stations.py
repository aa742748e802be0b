"""Decides what the list of stations shows and does: find, invite, shut out, take in what one had left. Qt-free."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.domain.division import Division
from app.services.ports import InvitationWish, Invited, StationRow, TakenIn
from ui.dates import long_time
from ui.enrolling import SUFFIX, fingerprint_words, kinds
from ui.office.work import Around
from ui.office_words import place_name, standing_of
from ui.text import _, ngettext

ALL = "all"
FILTERS: Mapping[str, frozenset[str]] = {
    ALL: frozenset({"revoked", "expired", "invited", "aside", "silent", "behind", "working"}),
    "working": frozenset({"aside", "silent", "behind", "working"}),
    "invited": frozenset({"invited", "expired"}),
    "silent": frozenset({"silent"}),
    "aside": frozenset({"aside"}),
    "revoked": frozenset({"revoked"}),
}
"""Standings of each filter, in the order of the screen."""
DAYS = (3, 7, 14, 30)
USUAL_DAYS = 14
USUAL_PLACE = "便民服务站"
"""What the service point of a village is called behind its name: it stands on papers and is not translated."""
SUGGESTIONS = 6
INVITE, REVOKE = "invite", "revoke"


@dataclass(frozen=True, slots=True)
class StationsState:
    """What the part shows: the list, the chosen station, and the form that is open beside it."""

    now: datetime
    rows: tuple[StationRow, ...] | None = None
    """None until they were read."""
    text: str = ""
    chosen_filter: str = ALL
    chosen: str = ""
    """Code of the station under the cursor."""
    division: str = ""
    """What the chosen station's division is called, empty where nobody said or knows."""
    form: str = ""
    """``invite``, ``revoke`` or nothing."""
    values: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    suggested: tuple[str, ...] = ()
    """Divisions that fit what was typed."""

    @property
    def shown(self) -> tuple[StationRow, ...]:
        """Return the stations that the filter and the search leave."""
        words = self.text.casefold().split()
        wanted = FILTERS[self.chosen_filter]
        return tuple(
            row
            for row in self.rows or ()
            if standing_of(row, self.now) in wanted and all(word in _haystack(row) for word in words)
        )

    @property
    def counts(self) -> dict[str, int]:
        """Return how many stations each filter has."""
        by_standing = Counter(standing_of(row, self.now) for row in self.rows or ())
        return {name: sum(by_standing[one] for one in wanted) for name, wanted in FILTERS.items()}

    @property
    def station(self) -> StationRow | None:
        """Return the chosen station."""
        return next((row for row in self.rows or () if row.code == self.chosen), None)

    @property
    def needs_again(self) -> bool:
        """Tell whether the invitation that is being written is for one that is enrolled or shut out."""
        code = self.values.get("station", "")
        known = next((row for row in self.rows or () if row.code == code), None)
        return known is not None and bool(known.enrolled_at or known.revoked_at)


class StationsView(Protocol):
    """The part of the stations."""

    def render(self, state: StationsState) -> None:
        """Show ``state``."""
        ...


class StationsPresenter:
    """The whole list is read at once, 2,000 stations or so; finding in it needs no network."""

    def __init__(self, around: Around, view: StationsView) -> None:
        self._around = around
        self._view = view
        self._divisions: dict[str, Division] = {}
        self.state = StationsState(around.counter.desk.now())

    def start(self) -> None:
        """Show what is known, and read anew."""
        self._show(form="", values={}, remarks={})
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._around.work.read(lambda office: tuple(office.stations()), self._took)

    def step_back(self) -> bool:
        """Close the form, else empty the search; tell whether there was anything to take back."""
        if self.state.form:
            self.give_up()
        elif self.state.text:
            self.search("")
        else:
            return False
        return True

    def forget(self) -> None:
        """Forget what was read at another centre."""
        self.state = StationsState(self._around.counter.desk.now())

    def search(self, text: str) -> None:
        """Show the stations that have every word of ``text``."""
        self._show(text=text)

    def filter(self, name: str) -> None:
        """Show the stations of one standing."""
        self._show(chosen_filter=name)

    def choose(self, code: str) -> None:
        """Take note of the station under the cursor; a form for another one goes away."""
        if code != self.state.chosen:
            self._show(chosen=code, form="", values={}, remarks={})

    # --- invitations -------------------------------------------------------------------------------------------

    def begin_invitation(self, *, new: bool = False) -> None:
        """Open the form for the chosen station, or for a new one."""
        row = None if new else self.state.station
        place = self._around.counter.administering.place()
        values = {"days": str(USUAL_DAYS), "hosts": ", ".join(place.hosts)}
        if row is not None:
            values |= {"station": row.code, "name": row.name, "service_point": row.service_point}
            values["division"] = row.division
        self._show(form=INVITE, values=values, remarks={}, suggested=())

    def edit(self, name: str, value: str) -> None:
        """Take note of what was typed; a division that is typed by name is looked up."""
        values = {**self.state.values, name: value}
        remarks = {key: words for key, words in self.state.remarks.items() if key != name}
        suggested: tuple[str, ...] = ()
        if name == "division":
            suggested = self._suggest(value)
            if value in self._divisions:
                found = self._divisions[value]
                values["division"] = found.code
                values["service_point"] = values.get("service_point") or found.name + USUAL_PLACE
        self._show(values=values, remarks=remarks, suggested=suggested)

    def submit(self) -> None:
        """Do what the open form is for, when everything in it is right."""
        remarks = dict(self._remarks())
        self._show(remarks=remarks)
        if not remarks:
            {INVITE: lambda: self._around.sign(self._invite), REVOKE: self._revoke}[self.state.form]()

    def give_up(self) -> None:
        """Close the form."""
        self._show(form="", values={}, remarks={})

    def _suggest(self, typed: str) -> tuple[str, ...]:
        found = self._around.counter.divisions.suggest(typed, SUGGESTIONS) if not typed.isdecimal() else []
        self._divisions |= {f"{division.full_name} {division.code}": division for division in found}
        return tuple(f"{division.full_name} {division.code}" for division in found)

    def _remarks(self) -> Iterator[tuple[str, str]]:
        values = self.state.values
        if self.state.form == REVOKE:
            if not values.get("reason", "").strip():
                yield "reason", _("请写明原因，留作记录")
            if values.get("again") != self.state.chosen:
                yield "again", _("请再输一次 %(code)s") % {"code": self.state.chosen}
            return
        if not re.fullmatch(r"[0-9]{6}", values.get("station", "")):
            yield "station", _("应为 6 位数字")
        if not values.get("name", "").strip():
            yield "name", _("请填写窗口名")
        if not re.fullmatch(r"([0-9]{12})?", values.get("division", "")):
            yield "division", _("请从列表里选，或填 12 位代码")
        if self.state.needs_again and values.get("again") != "yes":
            yield "again", _("它已经入网或停用：重新入网会让它原来的密码和证书作废")

    def _invite(self) -> None:
        values = self.state.values
        code = values["station"]
        path = self._around.files.choose_target(f"{code}{SUFFIX[1:]}", kinds())
        if path is None:
            return
        hosts = tuple(host for host in re.split(r"[\s,，、]+", values.get("hosts", "")) if host)
        self._remember(hosts)
        wish = InvitationWish(
            station=code,
            file=path,
            name=values["name"].strip(),
            service_point=values.get("service_point", "").strip(),
            division=values.get("division", ""),
            hosts=hosts,
            days=int(values["days"]),
            again=values.get("again") == "yes",
        )
        self._around.work.act(_("正在签发邀请文件"), lambda office, _tell: office.invite(wish), self._invited)

    def _remember(self, hosts: tuple[str, ...]) -> None:
        administering = self._around.counter.administering
        place = administering.place()
        if place.hosts != hosts:
            administering.remember(replace(place, hosts=hosts), self._around.session.clerk)

    def _invited(self, invited: Invited) -> None:
        said = {
            "station": invited.station,
            "until": long_time(invited.expires_at),
            "fingerprint": fingerprint_words(invited.fingerprint),
        }
        words = _("窗口 %(station)s 的邀请文件已写好，%(until)s 前有效，只能用一次。")
        tell = _("请当面或用移动盘交给窗口，并在电话里核对中心标识 %(fingerprint)s。")
        self._done(f"{words % said}{tell % said}", chosen=invited.station)

    # --- shutting out ------------------------------------------------------------------------------------------

    def begin_revocation(self) -> None:
        """Open the form that shuts the chosen station out."""
        row = self.state.station
        if row is not None and not row.revoked_at:
            self._show(form=REVOKE, values={}, remarks={})

    def _revoke(self) -> None:
        code, why = self.state.chosen, self.state.values["reason"].strip()
        self._around.work.act(
            _("正在停用"), lambda office, _tell: office.revoke(code, why), lambda _nothing: self._revoked(code)
        )

    def _revoked(self, code: str) -> None:
        words = (
            _("窗口 %(code)s 已停用，停用名单已发布。")
            if self._around.is_signing()
            else _("窗口 %(code)s 已停用。打开签发密钥后在“发布”里发布停用名单，别的窗口才会知道。")
        )
        self._done(words % {"code": code})

    # --- taking in ---------------------------------------------------------------------------------------------

    def take_in(self) -> None:
        """Ask for an exported journal and take in what the centre lacks of it."""
        path: Path | None = self._around.files.choose_source(_("台账导出 (*.jsonl *.json)"))
        if path is not None:
            self._around.work.act(
                _("正在核对并收入台账"), lambda office, tell: office.take_in(path, tell), self._taken_in, can_stop=True
            )

    def _taken_in(self, taken: TakenIn) -> None:
        said = {"station": taken.station, "entries": taken.entries, "taken": taken.taken}
        words = _("窗口 %(station)s 的台账共 %(entries)d 条，补上 %(taken)d 条。") % said
        if taken.aside:
            aside = ngettext("其中 %(count)d 条搁置。", "其中 %(count)d 条搁置。", len(taken.aside))
            words += aside % {"count": len(taken.aside)}
        if taken.images or taken.images_refused:
            images = {"images": taken.images, "refused": taken.images_refused}
            words += _("图片 %(images)d 张已在中心，%(refused)d 张没有收（损坏，或不是这个窗口的办件）。") % images
        is_good = not (taken.aside or taken.images_refused)
        self._done(words, "good" if is_good else "warn", chosen=taken.station)

    # --- inside ------------------------------------------------------------------------------------------------

    def _done(self, words: str, tone: str = "good", **changes: object) -> None:
        self._around.work.say(words, tone)
        self._show(form="", values={}, remarks={}, **changes)
        self.refresh()

    def _took(self, rows: tuple[StationRow, ...]) -> None:
        self._show(rows=rows)

    def _show(self, **changes: object) -> None:
        now = self._around.counter.desk.now()
        self.state = replace(self.state, **{"now": now, **changes})  # type: ignore[arg-type]
        code = self.state.station.division if self.state.station else ""
        self.state = replace(self.state, division=self._around.counter.divisions.full_name(code))
        self._view.render(self.state)


def _haystack(row: StationRow) -> str:
    return f"{row.code} {place_name(row)} {row.division}".casefold()
