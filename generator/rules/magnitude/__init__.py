"""Amounts in another unit, or with digits too many or too few: found by the ties and by what is plausible.

The message names the cell at fault. A tie that one change of one cell (or of one block of cells) mends has
that cell as its cause and is not told by itself.
"""

from generator.rules.magnitude.locate import Located, locate
from generator.rules.magnitude.single import check_single

__all__ = ["Located", "check_single", "locate"]
