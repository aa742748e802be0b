"""Screens of the intake."""

import io
from dataclasses import replace

from PIL import Image

from app.domain.application import HandedIn, Page, PageRemark
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.kept_pages import PagePlace
from app.services.ports import ReadField, Reading, ReadPaper, ReadValue
from tests.fakes.cameras import small_jpeg
from tests.support import COMMITTED, PERSON, filled
from tests.ui.intake.desk import ALLOWS_PROOF_PLEDGE
from tests.ui.screens.places import collected_there
from ui.scan_news import Scan


def _intake_empty(rooms):
    rooms.open_item(COMMITTED)


def _intake_filled(rooms):
    rooms.open_draft(filled(rooms.counter).draft_id)


def _intake_with_errors(rooms):
    rooms.open_item(COMMITTED)
    rooms.built.intake.edit("applicant.id_number", "51990019920307032")
    rooms.built.intake.accept()


def _intake_proposals(rooms):
    """Two cards were read; a name with a rare character, an address that stands there, a number that was mended."""
    rooms.open_draft(filled(rooms.counter).draft_id)
    card = {
        ReadField.NAME: ReadValue("易志㑇", 0.99),
        ReadField.NUMBER: ReadValue("519900199203070323", 0.8, is_repaired=True),
        ReadField.ADDRESS: ReadValue("示范省云溪市古塘县红旗镇胜利村民委员会老鸦岭屯112号附3号", 0.99),
        ReadField.VALID_TO: ReadValue("2020-01-01", 0.99),
    }
    read = Reading(ReadPaper.RESIDENT_CARD, card, dict.fromkeys(card, small_jpeg()))
    rooms.built.intake.parties.toggle_agent()
    rooms.built.intake.proposals.show_papers([read, read], "agent")


def _intake_scanning(rooms):
    """Show a scan that stopped, and how it is scanned."""
    draft = filled(rooms.counter)
    rooms.open_draft(draft.draft_id)
    wish = rooms.counter.devices.read().wish()
    fault = ScannerFault(ScannerTrouble.JAM, 6)
    scans = rooms._minutes.scans
    scans.scan = Scan(PagePlace("id_card", draft=draft.draft_id), wish, is_running=False, kept=6, error=fault)
    rooms.built.intake.attachments.look_afresh()
    rooms.built.intake.attachments.show_settings()


def _intake_menu(rooms):
    """Show what is done with materials less often, while the files of a scanner are waited for."""
    draft = filled(rooms.counter)
    rooms.open_draft(draft.draft_id)
    rooms._minutes.scans.await_files(PagePlace("id_card", draft=draft.draft_id))
    rooms.idle()
    rooms.built.intake_room.materials._more.click()


def _intake_zoomed(rooms):
    """Show a scanned page closely on which something was remarked."""
    draft = filled(rooms.counter)
    with rooms.counter.intake._store.write() as uow:
        picture = io.BytesIO()
        Image.new("RGB", (620, 877), "white").save(picture, "PNG")
        page = Page(uow.blobs.put(picture.getvalue()), "image/png", original="ab" * 32, remarks=tuple(PageRemark))
        uow.commit()
    materials = {**draft.application.materials, "id_card": HandedIn(originals=1, pages=(page,))}
    rooms.counter.intake.save(replace(draft, application=replace(draft.application, materials=materials)))
    rooms.open_draft(draft.draft_id)
    rooms.built.intake.attachments.zoom("id_card", 0)


def _intake_collecting(rooms):
    rooms.open_draft(collected_there(rooms.counter).draft_id)


def _intake_pledge(rooms):
    """Show a proof that may be pledged, with the cursor on it."""
    rooms.open_item(ALLOWS_PROOF_PLEDGE)
    rooms.built.intake_room.focus_place("materials.lease")


def _intake_form(name):
    def show(rooms):
        rooms.open_item(COMMITTED)
        for field in ("name", "id_number", "phone", "address"):
            rooms.built.intake.edit(f"applicant.{field}", getattr(PERSON, field))
        getattr(rooms.built.intake.ways_out, name)()
        rooms.idle()

    return show


SCREENS = {
    "intake": _intake_empty,
    "intake filled": _intake_filled,
    "intake with errors": _intake_with_errors,
    "intake scanning": _intake_scanning,
    "intake menu": _intake_menu,
    "intake zoomed": _intake_zoomed,
    "intake proposals": _intake_proposals,
    "intake collecting": _intake_collecting,
    "intake pledge": _intake_pledge,
    "intake asking": _intake_form("ask_supplement"),
    "intake refusing": _intake_form("refuse"),
    "intake late": _intake_form("enter_late"),
}
