"""The drafts that are open at once, in the order in which they were opened, each with its cursor's place. Qt-free."""

from dataclasses import dataclass, field

from app.domain.people import masked_name
from ui.intake.state import IntakeState, OpenDraft

MOST_OPEN = 5
"""Drafts that the strip has room for; the oldest one leaves it and stays on the counter's list."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where the clerk was in a draft."""

    draft_id: str
    title: str
    applicant: str = ""
    place: str = ""
    visited: frozenset[str] = frozenset()
    has_tried: bool = False
    proposed: frozenset[str] = frozenset()


@dataclass(slots=True)
class OpenDrafts:
    """Bookmarks by draft."""

    _marks: dict[str, Bookmark] = field(default_factory=dict)

    def keep(self, state: IntakeState, place: str = "") -> None:
        """Note where the clerk is in the draft of ``state``; a new one is added at the end."""
        draft_id = state.draft.draft_id
        self._marks[draft_id] = Bookmark(
            draft_id,
            state.item.name,
            applicant_name(state),
            place,
            state.visited,
            state.has_tried,
            state.proposed,
        )
        while len(self._marks) > MOST_OPEN:
            del self._marks[next(iter(self._marks))]

    def forget(self, draft_id: str) -> None:
        """Drop a draft that became a case, was thrown away, or was never typed into."""
        self._marks.pop(draft_id, None)

    def mark(self, draft_id: str) -> Bookmark | None:
        """Return where the clerk was in a draft, None when it is not open."""
        return self._marks.get(draft_id)

    def beside(self, draft_id: str, step: int) -> str:
        """Return the draft ``step`` places after the one given, round and round."""
        ids = list(self._marks)
        return ids[(ids.index(draft_id) + step) % len(ids)] if draft_id in ids else draft_id

    def strip(self, state: IntakeState) -> tuple[OpenDraft, ...]:
        """Return what the strip shows while ``state`` lies open."""
        current = state.draft.draft_id
        return tuple(
            OpenDraft(
                mark.draft_id,
                mark.title,
                applicant_name(state) if mark.draft_id == current else mark.applicant,
                mark.draft_id == current,
            )
            for mark in self._marks.values()
        )


def applicant_name(state: IntakeState) -> str:
    """Return whoever applies, as far as it was typed; organisations in full, persons masked."""
    organisation = state.application.organisation
    return organisation.name if organisation else masked_name(state.application.applicant.name)
