"""Every screen of the window by name, and how a test gets there; a new screen gets a line in the file of its room."""

from app.demonstration import PASSWORD
from tests.ui.screens import cases, intake, lists, office, over

SCREENS = {
    **lists.SCREENS,
    **intake.SCREENS,
    **cases.SCREENS,
    **office.SCREENS,
    **over.SCREENS,
}


def leave(rooms):
    """Go back to the counter from wherever a screen led."""
    rooms._window.errors.dismiss()
    rooms._window.toast.hide()
    rooms._window.dismiss_overlays()
    if rooms._session.operator is None:
        rooms._presence._login.log_in(PASSWORD)
        rooms.idle()
    rooms.built.coach.end()
    rooms._minutes.scans.dismiss()
    rooms._minutes.scans.await_files(None)
    rooms.built.intake.save_now()
    rooms.home()
