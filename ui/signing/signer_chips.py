"""Those who sign a paper, side by side: who did, who is asked now; choosing one asks them, again where they signed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.signing.state import SigningState
from ui.signing.words import called
from ui.widgets.flow import Flow


class SignerChips(QWidget):
    """``chosen`` tells the place of who is to be asked. One signer alone needs no list."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row = Flow()
        self.setLayout(self._row)
        self._buttons: list[QPushButton] = []

    def show_signers(self, state: SigningState) -> None:
        """Show how far it is."""
        self.setVisible(len(state.signers) > 1)
        if len(self._buttons) != len(state.signers):
            self._make(len(state.signers))
        for place, (button, signer) in enumerate(zip(self._buttons, state.signers, strict=True)):
            words = called(signer)
            button.setText(f"{words} ✓" if place in state.signed else words)
            button.setChecked(place == state.now)
            button.setEnabled(not state.is_busy)

    def _make(self, count: int) -> None:
        for place in range(count):
            button = QPushButton()
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, place=place: self.chosen.emit(place))
            self._buttons.append(button)
            self._row.addWidget(button)
