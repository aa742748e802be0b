"""A workshop of templates whose files are JSON and whose papers are no pictures; passes the same contract as the real one."""

import json
from dataclasses import asdict

from app.domain.template_draft import BlockKind, DraftBlock, TemplateDraft
from app.domain.template_remarks import remarks_on
from app.services.errors import BadInput, DefinitionError

FILE = "template.json"


class MemoryWorkshop:
    """Implements the port ``TemplateWorkshop`` without fonts, for whoever only needs drafts and bulletins."""

    def __init__(self, *drafts):
        self._shipped = {draft.name: self.write(draft) for draft in drafts or (RESIDENCE,)}

    def shipped(self):
        return self._shipped

    def read(self, data):
        try:
            said = json.loads(data)
            blocks = tuple(
                DraftBlock(BlockKind(one["kind"]), tuple(map(tuple, one["rows"])), tuple(one["lines"]), one["options"])
                for one in said.pop("blocks")
            )
            lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
            return TemplateDraft(**{**said, **lists, "blocks": blocks})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DefinitionError(FILE, 1, "", "is no template") from error

    def write(self, draft):
        return json.dumps(asdict(draft), ensure_ascii=False, sort_keys=True).encode()

    def judge(self, draft):
        remarks = remarks_on(draft)
        return remarks, b"" if remarks else b"%PDF-" + self.write(draft)

    def in_bulletin(self, payload):
        try:
            files = {name: text.encode() for name, text in json.loads(payload).items()}
            for data in files.values():
                self.read(data)
        except (ValueError, AttributeError, DefinitionError) as error:
            raise BadInput("damaged") from error
        return files

    def bulletin(self, files):
        return json.dumps({name: data.decode() for name, data in files.items()}, sort_keys=True).encode()


RESIDENCE = TemplateDraft(
    "residence_certificate",
    "certificate",
    "居住证明",
    (DraftBlock(BlockKind.TITLE, (("居住证明",),)), DraftBlock(BlockKind.PARAGRAPH, (("兹证明{name}住在本镇。",),))),
    levels=("township",),
)
