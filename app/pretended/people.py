"""Whoever stands on the papers of the demonstration. Nobody is real: no area has the number 5199."""

from dataclasses import dataclass

from stdnum.iso7064 import mod_11_2


@dataclass(frozen=True, slots=True)
class CardHolder:
    """What a resident card says."""

    name: str
    sex: str
    ethnicity: str
    birth: str
    """Eight digits."""
    address: str
    order: str
    """Three digits."""
    issuer: str = "示范县公安局"
    valid: str = "2019.03.12-2039.03.12"

    @property
    def number(self) -> str:
        """Return the number with its check digit."""
        stem = f"519900{self.birth}{self.order}"
        return stem + str(mod_11_2.calc_check_digit(stem))


HOLDER = CardHolder("欧晚晴", "女", "土家", "19860412", "示范省示范县云溪镇柳湾村6组18号", "046")
LANDLORD = "林守田"
