"""Static files: hashed and compressed, Plotly alone out of its package, nothing from elsewhere."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from zhongshan_targets.staticfiles import BundleFinder, PlotlyFinder


def test_plotly_is_found_and_nothing_else_of_its_package() -> None:
    names = [f"{storage.prefix}/{name}" for name, storage in PlotlyFinder().list([])]
    assert names == ["vendor/plotly.min.js"]
    beside_it = [path.name for path in PlotlyFinder.folder.iterdir() if path.name != "plotly.min.js"]
    assert beside_it, "the package holds more than that file, which must stay unpublished"
    for name in beside_it:
        assert finders.find(f"vendor/{name}") is None


def test_plotly_and_htmx_are_served_hashed_compressed_and_for_ever(client: Client) -> None:
    for name in ("vendor/plotly.min.js", "django_htmx/htmx-2.min.js"):
        address = staticfiles_storage.url(name)
        assert address != f"/static/{name}"
        response = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200
        assert response["Content-Encoding"] == "gzip"
        assert "immutable" in response["Cache-Control"]
        assert "private" not in response["Cache-Control"]
        source = finders.find(name)
        assert source is not None
        assert gzip.decompress(response.getvalue()) == Path(source).read_bytes()


def test_the_styles_of_every_page_are_one_file_of_them_all(client: Client) -> None:
    folder, parts = BundleFinder.source / "css", BundleFinder.bundles["css/site.css"]
    everywhere = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.css")}
    assert set(parts) == {name for name in everywhere if not name.startswith("pages/")}
    served = client.get(staticfiles_storage.url("css/site.css")).getvalue().decode()
    places = [served.find((folder / f"{part}.css").read_text("utf-8").strip()) for part in parts]
    assert places == sorted(places)
    assert places[0] == 0


def test_the_scripts_of_many_pages_are_one_file_each_with_its_names_to_itself(client: Client) -> None:
    served = client.get(staticfiles_storage.url("js/site.js")).getvalue().decode()
    for part in BundleFinder.bundles["js/site.js"]:
        text = (BundleFinder.source / "js" / f"{part}.js").read_text("utf-8")
        assert f"{{\n{text}}}\n" in served
        assert not re.search(r"^(import|export)\b", text, re.MULTILINE)


def test_scripts_import_each_other_by_their_hashed_names(client: Client) -> None:
    script = client.get(staticfiles_storage.url("js/charts.js")).getvalue().decode()
    imported = re.findall(r'from "\./([^"]+)";', script)
    assert imported
    for name in imported:
        response = client.get(f"/static/js/{name}")
        assert (name, response.status_code) == (name, 200)
        assert "immutable" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_missing_file_is_not_found_rather_than_the_sign_in_page(client: Client) -> None:
    assert client.get("/static/no-such-file.js").status_code == 404


def test_our_own_files_name_no_other_site() -> None:
    allowed = ("http://www.w3.org/",)  # names of XML vocabularies, never fetched
    sources = [path for root in ("static", "templates") for path in (settings.BASE_DIR / root).rglob("*.*")]
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in sources
        if path.suffix in {".html", ".css", ".js", ".svg"}
    }
    assert texts
    for path, text in texts.items():
        for name in allowed:
            text = text.replace(name, "")
        assert "http://" not in text, path
        assert "https://" not in text, path
        assert "url(//" not in text, path
