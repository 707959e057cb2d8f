"""Static files: out of which packages they come, and how their names are hashed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import plotly
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PlotlyFinder(BaseFinder):
    """Serves `vendor/plotly.min.js` out of the plotly package, and nothing else of it.

    The folder it lies in also holds data sets and a widget bundle of 5 MB, which would all be published.
    """

    folder = Path(plotly.__file__).parent / "package_data"
    name = "plotly.min.js"
    prefix = "vendor"

    def find(self, path: str, **options: Any) -> str | list[str]:
        # `all` became `find_all` in Django 5.2: asked for all matches, a finder answers with a list.
        wants_all = bool(options.get("find_all") or options.get("all"))
        if path != f"{self.prefix}/{self.name}":
            return []
        found = str(self.folder / self.name)
        return [found] if wants_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        if matches_patterns(self.name, ignore_patterns or []):
            return
        storage = FileSystemStorage(location=self.folder)
        storage.prefix = self.prefix
        yield self.name, storage


class BundleFinder(BaseFinder):
    """Serves what many pages have as one file of each kind, so that a browser asks once.

    The scripts import nothing and do nothing on a page without their marks; each keeps its names to itself.
    """

    bundles = {
        "css/site.css": (
            "tokens",
            "base",
            "components/frame",
            "components/card",
            "components/status",
            "components/table",
            "components/score",
            "components/grids",
            "components/form",
            "components/chart",
            "print",
        ),
        "js/site.js": ("period-select", "confirm", "steady-press", "table-sort", "grid-keys", "cell-story"),
    }
    source = settings.BASE_DIR / "static"
    folder = settings.VAR_DIR / "bundled"

    def find(self, path: str, **options: Any) -> str | list[str]:
        wants_all = bool(options.get("find_all") or options.get("all"))
        if path not in self.bundles:
            return []
        found = str(self._written(path))
        return [found] if wants_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name in self.bundles:
            if not matches_patterns(name, ignore_patterns or []):
                self._written(name)
                yield name, FileSystemStorage(location=self.folder)

    def _written(self, name: str) -> Path:
        """Put the parts together; a file that is right already keeps its time."""
        kind = Path(name)
        texts = [
            (self.source / kind.parent / f"{part}{kind.suffix}").read_text("utf-8")
            for part in self.bundles[name]
        ]
        if kind.suffix == ".js":
            texts = [f"{{\n{text}}}\n" for text in texts]
        file = self.folder / name
        text = "\n".join(texts)
        if not file.exists() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        return file


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, with the imports between our own scripts hashed too.

    Django's own switch for that would rewrite every package's scripts, and fails on one that names a file it lacks.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r'(?P<matched>from "(?P<url>\.[^"]+)";)', 'from "%(url)s";'),)),
    )
