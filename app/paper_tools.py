"""What ``papers check`` and ``papers show`` do for whoever changes a template: no counter has to be open for it."""

from pathlib import Path

from app.config import RESOURCES, Settings
from app.definitions.catalogue import read_catalogue
from app.definitions.certificates import check_certificates
from app.definitions.papers import PaperTemplates, read_paper_template, read_paper_templates, read_templates_of
from app.domain.paper import PageSize
from app.papers.maker import PdfPaperMaker
from app.papers.specimen import specimen
from app.services.errors import BadDefinitions, UnknownTemplate
from app.template_checks import ensure_drawn

SHIPPED = RESOURCES / "papers"


def check_papers(settings: Settings, folder: Path | None) -> PaperTemplates:
    """Return the counter's templates with those of ``folder`` (its own, when not given) after drawing each of them.

    The catalogue is held to them too. BadDefinitions with every remark, which names file, line and field.
    """
    read = read_templates_of(SHIPPED, folder or settings.own("papers"))
    items = read_catalogue(settings.definitions("catalogue")).items
    if remarks := (*read.faults, *check_certificates(items, read.templates)):
        raise BadDefinitions(remarks)
    ensure_drawn(read, every=True)
    return read


def show_paper(settings: Settings, name: str, size: PageSize) -> bytes:
    """Return one template drawn with sample values; ``name`` is a template or the path of its file.

    UnknownTemplate when there is none, BadDefinitions when its file has remarks.
    """
    path = Path(name)
    if path.suffix == ".yaml" and path.is_file():
        templates = {**read_paper_templates(SHIPPED)}
        template = read_paper_template(path.read_bytes(), path.name)
        templates[template.name] = template
        return PdfPaperMaker(templates).make(specimen(template, size))
    read = _without_fault(settings)
    if name not in read.templates:
        raise UnknownTemplate(name)
    return PdfPaperMaker(read.templates).make(specimen(read.templates[name], size))


def _without_fault(settings: Settings) -> PaperTemplates:
    read = read_templates_of(SHIPPED, settings.own("papers"))
    if read.faults:
        raise BadDefinitions(read.faults)
    return read
