"""The sections of the settings, one file each; ``SECTIONS`` is their order on the screen."""

from ui.settings.section import Section
from ui.settings.sections.accounts import AccountsSection
from ui.settings.sections.backup import BackupSection
from ui.settings.sections.blanks import BlanksSection
from ui.settings.sections.centre import CentreSection
from ui.settings.sections.clock import ClockSection
from ui.settings.sections.devices import DevicesSection
from ui.settings.sections.journal import JournalSection
from ui.settings.sections.look import LookSection
from ui.settings.sections.numbers import NumbersSection
from ui.settings.sections.password import PasswordSection
from ui.settings.sections.printing import PrintSection
from ui.settings.sections.seals import SealsSection
from ui.settings.sections.station import StationSection
from ui.settings.sections.support import SupportSection

SECTIONS: tuple[type[Section], ...] = (
    LookSection,
    DevicesSection,
    PrintSection,
    BlanksSection,
    PasswordSection,
    StationSection,
    CentreSection,
    NumbersSection,
    SealsSection,
    AccountsSection,
    JournalSection,
    BackupSection,
    ClockSection,
    SupportSection,
)
