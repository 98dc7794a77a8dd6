"""Files sent either way; kept in memory."""

import struct
from dataclasses import dataclass
from mimetypes import guess_type
from typing import Any

from sandbox.parameters import Parameters, Upload
from sandbox.refusals import bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_UNMEASURED = (800, 600)


@dataclass(frozen=True, slots=True)
class File:
    file_id: str
    folder: str
    upload: Upload

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.file_id}-{self.upload.filename}"

    def as_json(self) -> dict[str, Any]:
        return {
            "file_id": self.file_id,
            "file_unique_id": f"unique-{self.file_id}",
            "file_size": len(self.upload.data),
        }


class Files:
    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def keep(self, folder: str, upload: Upload) -> File:
        file = File(f"file{len(self._files) + 1}", folder, upload)
        self._files[file.file_id] = file
        return file

    def find(self, file_id: str) -> File:
        if file_id not in self._files:
            raise bad_request("invalid file_id")
        return self._files[file_id]

    def at_id(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def at(self, path: str) -> File | None:
        return next((file for file in self._files.values() if file.path == path), None)

    def sent_as(self, name: str, parameters: Parameters) -> File:
        """The file of a send method: fresh bytes, or the id of one known."""
        upload = parameters.upload(name)
        if upload is None:
            return self._known(name, parameters.text(name))
        if not upload.data:
            raise bad_request("file must be non-empty")
        return self.keep(f"{name}s", upload)

    def _known(self, name: str, file_id: str) -> File:
        if not file_id:
            raise bad_request(f"there is no {name} in the request")
        if file_id.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")  # nothing outside exists here
        if file_id not in self._files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._files[file_id]


def document(file: File) -> dict[str, Any]:
    kind = guess_type(file.upload.filename)[0] or file.upload.content_type
    described = {"file_name": file.upload.filename, "mime_type": kind}
    return {"document": file.as_json() | described}


def photo(file: File) -> dict[str, Any]:
    if not file.upload.data.startswith(_IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = _size(file.upload.data)
    return {"photo": [file.as_json() | {"width": width, "height": height}]}


def sticker(file: File, emoji: str) -> dict[str, Any]:
    shape = {"type": "regular", "width": 512, "height": 512, "emoji": emoji}
    return {"sticker": file.as_json() | shape | {"is_animated": False, "is_video": False}}


def voice(file: File) -> dict[str, Any]:
    return {"voice": file.as_json() | {"duration": 3, "mime_type": "audio/ogg"}}


def video(file: File) -> dict[str, Any]:
    shape = {"width": 640, "height": 360, "duration": 3, "mime_type": "video/mp4"}
    return {"video": file.as_json() | shape}


def video_note(file: File) -> dict[str, Any]:
    return {"video_note": file.as_json() | {"length": 240, "duration": 3}}


def _size(data: bytes) -> tuple[int, int]:
    if data.startswith(_IMAGES[0]) and len(data) >= struct.calcsize(">16xII"):
        width, height = struct.unpack_from(">16xII", data)
        return width, height
    return _UNMEASURED
