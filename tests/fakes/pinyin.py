"""Readings of the two characters that tests type; everything else stands for itself."""

KNOWN = {"张": "zhang", "三": "san"}


class FewReadings:
    """Implements the port ``Pinyin``."""

    def readings(self, text):
        return (tuple(KNOWN.get(character, character.lower()) for character in text),)

    def name_initials(self, name):
        initials = "".join(syllable[0] for syllable in self.readings(name)[0] if syllable[0].isalnum())
        return (initials,) if initials else ()
