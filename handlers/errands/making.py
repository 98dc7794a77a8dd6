"""Which file is made by whom. A rehearsal is not among them: it is one of the bot itself."""

from collections.abc import Callable, Mapping

from handlers.errands.asking import DIARY, DIFFICULTIES, FACILITIES, PICTURE
from handlers.errands.material import Material
from handlers.progress import charts
from handlers.register import listfile
from handlers.reminding import diaryfile, difficultyfile
from storage.tables import Errand

MAKERS: Mapping[str, Callable[[Errand, Material], Callable[[], bytes]]] = {
    DIARY: diaryfile.gather,
    DIFFICULTIES: difficultyfile.gather,
    PICTURE: charts.gather,
    FACILITIES: listfile.gather,
}
"""Kind → what reads all that is needed; what it returns writes the file, without the database."""
