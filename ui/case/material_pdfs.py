"""Opens and saves what was handed in for a material as one document (材料 PDF). Qt-free."""

from collections.abc import Callable

from app.domain.numbering import taken_by
from app.services.desk import CaseFile
from ui.navigation import PaperOutlet
from ui.surroundings import Surroundings
from ui.text import _


class MaterialPdfs:
    """Of the case that ``file`` returns; each material is called by its code."""

    def __init__(self, around: Surroundings, outlet: PaperOutlet, file: Callable[[], CaseFile]) -> None:
        self._counter, self._runner, self._navigator = around.counter, around.runner, around.navigator
        self._outlet = outlet
        self._file = file

    def open(self, material: str) -> None:
        """Show a material's document in the system's own program."""
        name = self._name(material)
        self._runner.run(self._making(material), lambda pdf: self._outlet.open_paper(name, pdf), self._navigator.report)

    def save(self, material: str) -> None:
        """Save a material's document where the clerk wants it."""
        path = self._outlet.choose_target(f"{self._name(material)}.pdf", "PDF (*.pdf)")
        if path is None:
            return
        making, papers = self._making(material), self._counter.papers
        self._runner.run(
            lambda: papers.write(making(), path),
            lambda _nothing: self._navigator.notify(_("已保存")),
            self._navigator.report,
        )

    def _name(self, material: str) -> str:
        """Return the name of the file: the material's code, because its name may have what no file may."""
        return f"{self._file().case.number}-{material}"

    def _making(self, material: str) -> Callable[[], bytes]:
        file, documents = self._file(), self._counter.material_documents
        handed_in, title = file.case.materials[material], file.item.material(material).name
        return lambda: documents.document(handed_in, title, taken_by(file.case.number))
