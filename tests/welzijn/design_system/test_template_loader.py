"""Templates lose the indentation between tags, and nothing else."""

from pathlib import Path

from django.template import Context, Engine


def shown(folder: Path, name: str, source: str, **values: str) -> str:
    (folder / name).write_text(source, encoding="utf-8")
    loaders = ["welzijn.design_system.template_loader.CachedLoader"]
    return Engine(dirs=[str(folder)], loaders=loaders).get_template(name).render(Context(values))


def test_indentation_between_tags_goes_and_the_line_break_stays(tmp_path: Path) -> None:
    source = "<p>\n    <b>a</b>\n    {{ word }}\n    c\n</p>"
    assert shown(tmp_path, "a.html", source, word="b") == "<p>\n<b>a</b>\nb\n    c\n</p>"


def test_what_somebody_wrote_is_shown_as_they_wrote_it(tmp_path: Path) -> None:
    words = "<i>\n    <b>"
    assert (
        shown(tmp_path, "a.html", "{% autoescape off %}{{ w }}{% endautoescape %}", w=words)
        == words
    )


def test_a_mail_keeps_its_lines_as_they_are(tmp_path: Path) -> None:
    assert shown(tmp_path, "a.txt", "<a>\n    <b>") == "<a>\n    <b>"
