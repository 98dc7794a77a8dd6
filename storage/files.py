"""The bytes of files, sent by people or made for them: outside the database, named by us."""

import os
from pathlib import Path


class Files:
    """`root/ab/abcdef…`: the name is random, so nothing of the sender's reaches the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, name: str, data: bytes) -> None:
        """Whole and on the disk when it returns, or not there at all. Once more does no harm."""
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        for folder in (path.parent, self.root):
            _sync(folder)

    def read(self, name: str) -> bytes:
        return self._path(name).read_bytes()

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.root / name[:2] / name


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
