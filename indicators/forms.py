"""The shape of what filing's pages send; the rules are the services'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from indicators.models import Indicator, ReconciliationNote
from indicators.models.filing import RETURN_TEXTS
from indicators.services.filing import NOT_BEGUN, Typed

DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
TEXT_LENGTH = 4000
CELL_LENGTH = 400


class VersionForm(forms.Form):
    """Any act on a return: the version that the person looked at."""

    version = forms.IntegerField(
        min_value=NOT_BEGUN, error_messages={"required": "页面不完整，请刷新后重试。"}
    )


class ReturnForm(VersionForm):
    """A return as typed: `value-<code>` and `note-<code>` a row, and the texts. Cells stay as they were typed."""

    def __init__(self, indicators: Iterable[Indicator], data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.codes = tuple(indicator.code for indicator in indicators)
        for code in self.codes:
            for kind in ("value", "note"):
                self.fields[f"{kind}-{code}"] = forms.CharField(
                    required=False,
                    strip=False,
                    max_length=CELL_LENGTH,
                    error_messages={"max_length": f"最多 {CELL_LENGTH} 字，请缩短。"},
                )
        for name in RETURN_TEXTS:
            self.fields[name] = forms.CharField(
                required=False,
                max_length=TEXT_LENGTH,
                error_messages={"max_length": f"每段文字最多 {TEXT_LENGTH} 字，请缩短。"},
            )

    def sent(self, kind: str) -> dict[str, str]:
        """What the cells of one kind hold as they were sent, {indicator code: text}, well-formed or not."""
        names = {code: f"{kind}-{code}" for code in self.codes}
        return {code: self.data[name] for code, name in names.items() if name in self.data}

    def sent_texts(self) -> dict[str, str]:
        return {name: self.data[name] for name in RETURN_TEXTS if name in self.data}

    def figures(self) -> dict[str, Typed]:
        """The rows that were sent, {indicator code: typed}; of a valid form."""
        values, notes = self.sent("value"), self.sent("note")
        return {code: Typed(values[code], notes.get(code, "")) for code in values}

    def texts(self) -> dict[str, str]:
        """The texts that were sent, with one kind of line break; of a valid form."""
        cleaned = {name: self.cleaned_data[name] for name in self.sent_texts()}
        return {name: text.replace("\r\n", "\n") for name, text in cleaned.items()}

    def faults(self) -> dict[str, str]:
        """What is wrong with the shape, {indicator code or text's name: sentence}."""
        return {
            name.removeprefix("value-").removeprefix("note-"): " ".join(map(str, errors))
            for name, errors in self.errors.items()
        }


class SendBackForm(VersionForm):
    """A return given back: why, and after closing until when."""

    reason = forms.CharField(max_length=1000, error_messages={"required": "请写明退回的原因。"})
    reopened_until = forms.DateField(required=False, input_formats=DATE_FORMATS)


class ReopenForm(forms.Form):
    """One unit let in after closing."""

    until = forms.DateField(
        input_formats=DATE_FORMATS, error_messages={"required": "请指定重新开放到哪一天。"}
    )


class ReopenManyForm(ReopenForm):
    """Several units let in after closing: their codes, at least one."""

    unit = forms.MultipleChoiceField(
        error_messages={
            "required": "请先选定要重新开放的单位。",
            "invalid_choice": "所选的单位中有的不在本市，请刷新后重选。",
        }
    )

    def __init__(self, codes: Iterable[str], data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    """When a quarter is filed."""

    opens_on = forms.DateField(label="开放日期", input_formats=DATE_FORMATS)
    due_on = forms.DateField(label="截止日期", input_formats=DATE_FORMATS)
    closes_on = forms.DateField(label="关闭日期", required=False, input_formats=DATE_FORMATS)


class PublishForm(forms.Form):
    """定稿: an explanation `explanation-<code>` for each difference that wants one."""

    def __init__(self, codes: Iterable[str], data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.codes = tuple(codes)
        longest = ReconciliationNote._meta.get_field("text").max_length
        for code in self.codes:
            self.fields[f"explanation-{code}"] = forms.CharField(
                required=False,
                max_length=longest,
                error_messages={"max_length": f"说明最多 {longest} 字，请缩短。"},
            )

    def sent(self) -> dict[str, str]:
        """The explanations as they were sent, {indicator code: text}, well-formed or not."""
        names = {code: f"explanation-{code}" for code in self.codes}
        return {code: self.data[name].strip() for code, name in names.items() if name in self.data}

    def faults(self) -> dict[str, str]:
        return {
            name.removeprefix("explanation-"): " ".join(map(str, errors))
            for name, errors in self.errors.items()
        }
