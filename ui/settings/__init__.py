"""Settings: sections side by side, found by words.

Each section is one file in ``ui/settings/sections`` and one line in ``SECTIONS`` of that package's ``__init__``::

    class BackupSection(Section):
        key, icon = "backup", "hard-drives"

        @staticmethod
        def name() -> str:
            return _("备份")

        def build(self) -> None:
            card = self.card(_("自动备份"), _("每天一次"))
            self._folder = LineField()
            self.setting(card, "folder", _("保存到"), self._folder, "backup folder usb 备份 文件夹 优盘")

        def start(self) -> None: ...      # it comes into sight: show things as they are now
        def leave(self) -> None: ...      # it goes out of sight: forget secrets

``setting`` lays a named line out and makes it findable: by its name, by the section's name, and by the words given
last, Chinese and English, which are never shown. What a section needs of the world is in ``self.around``. A section
that decides something has a presenter in ``ui/settings/presenters``, which runs without Qt.
"""
