"""Forms that move a case between stations: handing it over, taking it over, sending it back. Qt-free."""

from collections.abc import Mapping, Sequence

from app.domain.application import Collection
from app.domain.case import Case
from app.domain.operators import Operator
from app.domain.outcomes import HandOverPurpose
from app.domain.station import KnownStation, StationKind
from app.services.known_stations import called
from app.services.rehearsal import CaseServices
from ui.case.forms.base import ActForm
from ui.dates import long_time
from ui.forms.form import Field, Filled, Kind
from ui.forms.reasons import reason_field
from ui.outcome_words import purpose_words
from ui.text import _, pgettext
from ui.words import collection_words

MOST_SHOWN = 8
LONGEST = 16
"""Characters of a station on its button; the whole name stands below once it is chosen."""
PURPOSES = (HandOverPurpose.HANDLING, HandOverPurpose.REVIEW, HandOverPurpose.COLLECTION)


class HandOverForm(ActForm):
    """交接: to a station of the directory, which is looked for by name, initials or code."""

    def _describe(self) -> None:
        self.title, self.word = _("交接给别的窗口"), pgettext("act", "交接")
        self.makes = _("办件交接单")
        self.law = _("交出以后由对方续办，这里只能查看；时限不停。纸质材料随交接单一起送去，对方点清后接收。")

    def start(self) -> Filled:
        """Begin with what a case that is ready is handed over for."""
        ready = self.case.certificate is not None or self.case.decided_at is not None
        purpose = HandOverPurpose.COLLECTION if ready else HandOverPurpose.HANDLING
        place = {"to": self.case.collect_at} if ready and self.case.is_collected_elsewhere else {}
        return Filled({"purpose": purpose.value, **place})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask to which station, what for, and why."""
        purposes = tuple((purpose.value, purpose_words(purpose)) for purpose in PURPOSES)
        stations = tuple((station.code, _station_words(station)) for station in self._stations(filled))
        return (
            Field("find", _("查窗口"), required=False, hint=_("名称、拼音首字母或编码"), longest=40),
            Field("to", _("交给"), Kind.MENU, choices=stations),
            Field("purpose", _("用途"), Kind.CHOICE, choices=purposes),
            reason_field((_("超出本窗口权限"), _("申请人选择到那里取件"), _("要现场核查"))),
        )

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say when nothing fits what is looked for."""
        problems = dict(super().problems(filled))
        if not self._stations(filled):
            problems["find"] = _("没有这个窗口，换个字试试")
        return problems

    def note(self, filled: Filled) -> tuple[str, str]:
        """Warn of a station that gives results out and goes on with nothing."""
        station = self._counter.directory.get(filled.value("to"))
        if station is None:
            return "", ""
        if station.kind is StationKind.COLLECTION and filled.value("purpose") != HandOverPurpose.COLLECTION:
            return "warn", _("%(name)s是取件点，只交付结果，不办理") % {"name": called(station)}
        words = _("交给%(name)s，编码 %(code)s") % {"name": called(station), "code": station.code}
        if station.phone:
            words = _("%(words)s，电话 %(phone)s") % {"words": words, "phone": station.phone}
        if filled.value("purpose") == HandOverPurpose.COLLECTION:
            chosen = self.case.collect_at_name or collection_words(self.case.collection)
            wish = _("申请时选择：%(collection)s") % {"collection": chosen}
            words = f"{words}；{wish}"
        return "good", words

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Hand the case over."""
        code = filled.value("to")
        station = self._counter.directory.get(code)
        return services.custody.hand_over(
            self.case.number,
            clerk,
            code,
            called(station) if station else code,
            HandOverPurpose(filled.value("purpose")),
            filled.value("reason"),
        )

    def done_words(self, case: Case) -> str:
        """Say in whose hands it is now."""
        return handed_words(case)

    def _stations(self, filled: Filled) -> list[KnownStation]:
        directory = self._counter.directory
        return _with_chosen(directory.find(filled.value("find"), MOST_SHOWN), directory.get(filled.value("to")))


class ChooseCollectionForm(ActForm):
    """改取件方式: how and where the result is collected, until it is handed over."""

    def _describe(self) -> None:
        self.title, self.word = _("改取件方式"), _("改取件方式")
        self.law = _("选地取件的，办好以后把办件交到所选的窗口，由它交付；那里同步后就能看到。")

    def start(self) -> Filled:
        """Begin with what holds now."""
        return Filled({"collection": self.case.collection.value, "to": self.case.collect_at})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask how, for a chosen place where, and why."""
        has_places = self._counter.directory.has_others() or self.case.collect_at
        ways = tuple(
            (way.value, collection_words(way)) for way in Collection if has_places or way is not Collection.CHOSEN_PLACE
        )
        asked = [Field("collection", _("取件"), Kind.CHOICE, choices=ways)]
        if filled.value("collection") == Collection.CHOSEN_PLACE:
            stations = tuple((station.code, _station_words(station)) for station in self._places(filled))
            asked += [
                Field("find", _("查窗口"), required=False, hint=_("名称、拼音首字母或编码"), longest=40),
                Field("to", _("取件地点"), Kind.MENU, choices=stations),
            ]
        return (*asked, reason_field((_("申请人要求"),), required=False))

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say when nothing fits what is looked for."""
        problems = dict(super().problems(filled))
        if filled.value("collection") == Collection.CHOSEN_PLACE and not self._places(filled):
            problems["find"] = _("没有这个窗口，换个字试试")
        return problems

    def paper(self, filled: Filled, clerk: Operator, width_px: int, page: int) -> None:
        """Show no paper: the act makes none."""

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Let it be collected so."""
        collection, code = Collection(filled.value("collection")), filled.value("to")
        if collection is not Collection.CHOSEN_PLACE:
            return services.custody.choose_collection(
                self.case.number, clerk, collection, reason=filled.value("reason")
            )
        station = self._counter.directory.get(code)
        name = called(station) if station else self.case.collect_at_name
        return services.custody.choose_collection(
            self.case.number, clerk, collection, code, name, filled.value("reason")
        )

    def _places(self, filled: Filled) -> list[KnownStation]:
        directory = self._counter.directory
        return _with_chosen(directory.find_places(filled.value("find"), MOST_SHOWN), directory.get(filled.value("to")))


class TakeOverForm(ActForm):
    """接收: case and papers are here, and what differs from the slip."""

    def _describe(self) -> None:
        self.title, self.word = _("接收交来的办件"), pgettext("act", "接收")
        self.law = _("对照交接单点清材料再接收；不符的写在备注里，差得多就退回。")

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask what differs from the slip."""
        phrases = (_("材料与交接单一致"), _("纸质材料随后送到"))
        return (reason_field(phrases, _("备注"), "remark", required=False),)

    def note(self, filled: Filled) -> tuple[str, str]:
        """Say who handed it over, when and what for."""
        case = self.case
        if case.handed_at is None or case.handed_for is None:
            return "", ""
        said = {
            "name": case.handed_from_name or case.handed_from,
            "at": long_time(case.handed_at),
            "purpose": purpose_words(case.handed_for),
        }
        return "good", _("%(name)s于 %(at)s 交来：%(purpose)s") % said

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Take the case over."""
        return services.custody.take_over(self.case.number, clerk, filled.value("remark"))

    def done_words(self, case: Case) -> str:
        """Say that it can be gone on with."""
        return _("已接收，可以续办")


class SendBackForm(ActForm):
    """退回: to the station that the case came from."""

    def _describe(self) -> None:
        name = {"name": self.case.handed_from_name or self.case.handed_from}
        self.title, self.word = _("退回给%(name)s") % name, pgettext("act", "退回")
        self.makes = _("办件交接单")
        self.law = _("办件和纸质材料退给交来的窗口，由它续办；时限不停。")

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask why."""
        return (reason_field((_("材料与交接单不符"), _("不属于本窗口办理"), _("已办完应办的环节"))),)

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Send the case back."""
        return services.custody.send_back(self.case.number, clerk, filled.value("reason"))

    def done_words(self, case: Case) -> str:
        """Say where it goes."""
        return _("已退回给%(name)s") % {"name": case.holder_name}


def handed_words(case: Case) -> str:
    """Return in whose hands the case is now."""
    return _("已交给%(name)s，同步后对方就能看到") % {"name": case.holder_name}


def _with_chosen(found: list[KnownStation], chosen: KnownStation | None) -> list[KnownStation]:
    """Return what was found; the chosen one stays in sight."""
    return found if chosen is None or chosen in found else [chosen, *found[: MOST_SHOWN - 1]]


def _station_words(station: KnownStation) -> str:
    name = called(station)
    words = name if len(name) <= LONGEST else f"…{name[-LONGEST + 1 :]}"  # what tells villages apart comes last
    kinds = {StationKind.DEPARTMENT: _("部门"), StationKind.COLLECTION: _("取件点")}
    return f"{words}（{kinds[station.kind]}）" if station.kind in kinds else words
