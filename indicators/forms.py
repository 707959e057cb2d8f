"""The shape of what filing's pages send; the rules are the services'."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms

from indicators.models import Indicator, ReconciliationNote
from indicators.models.filing import RETURN_TEXTS
from indicators.services.filing import NOT_BEGUN, Typed
from indicators.services.filing.drafts import TEXT_LENGTH
from indicators.services.filing.typed import NOTE_LENGTH

DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
NO_SUCH_PAGE = dict.fromkeys(("invalid", "min_value", "max_value"), "没有这一页，请从第一页翻起。")


class VersionForm(forms.Form):
    """Any act on a return: the version that the person looked at."""

    version = forms.IntegerField(
        min_value=NOT_BEGUN, error_messages={"required": "页面不完整，请刷新后重试。"}
    )


class ReturnForm(VersionForm):
    """A return as typed: `value-<code>` and `note-<code>` a row, and the texts. Cells stay as they were typed.

    `key` is drawn by the page for one sending, `attempted` says that the unit has tried to submit.
    """

    key = forms.CharField(required=False, max_length=64)
    attempted = forms.BooleanField(required=False)

    def __init__(self, indicators: Iterable[Indicator], data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.codes = tuple(indicator.code for indicator in indicators)
        for code in self.codes:
            for kind in ("value", "note"):
                self.fields[f"{kind}-{code}"] = forms.CharField(
                    required=False,
                    strip=False,
                    max_length=NOTE_LENGTH,
                    error_messages={"max_length": f"最多 {NOTE_LENGTH} 字，请缩短。"},
                )
        for name in RETURN_TEXTS:
            self.fields[name] = forms.CharField(
                required=False,
                max_length=TEXT_LENGTH,
                error_messages={"max_length": f"每段文字最多 {TEXT_LENGTH} 字，请缩短。"},
            )

    @property
    def is_whole(self) -> bool:
        """Whether it can be told at all what was sent: the version and the key are there, whatever the cells hold."""
        return not {"version", "key"} & self.errors.keys()

    def sending_key(self) -> str:
        """The key of this sending, with what it brings: the same key with other content is another sending."""
        drawn = self.cleaned_data["key"]
        sent = [self.cleaned_data["version"], self.sent("value"), self.sent("note"), self.sent_texts()]
        digest = sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
        return f"{drawn}:{digest[:16]}" if drawn else ""

    def sent(self, kind: str) -> dict[str, str]:
        """What the cells of one kind hold as they were sent, {indicator code: text}, well-formed or not."""
        names = {code: f"{kind}-{code}" for code in self.codes}
        return {code: self.data[name] for code, name in names.items() if name in self.data}

    def sent_texts(self) -> dict[str, str]:
        return {name: self.data[name] for name in RETURN_TEXTS if name in self.data}

    def figures(self) -> dict[str, Typed]:
        """The rows of which anything was sent, in its right shape, {indicator code: typed}."""
        values, notes, faults = self.sent("value"), self.sent("note"), self.faults()
        sent = (code for code in self.codes if (code in values or code in notes) and code not in faults)
        return {code: Typed(values.get(code), notes.get(code)) for code in sent}

    def texts(self) -> dict[str, str]:
        """The texts that were sent in their right shape, with one kind of line break."""
        cleaned = {name: self.cleaned_data[name] for name in self.sent_texts() if name in self.cleaned_data}
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


class ApproveManyForm(forms.Form):
    """Many returns at once, each as it was looked at: `chosen` holds "2015Q2/xiaolan/3", the last its version."""

    SHAPE = re.compile(r"([0-9Q]{1,6}/[-\w]{1,40})/([0-9]{1,9})", re.ASCII)

    def __init__(self, sent: Sequence[str]) -> None:
        super().__init__({})
        self.sent = sent

    def versions(self) -> dict[str, int]:
        """{"2015Q2/xiaolan": version}, once each, in the order sent; of a valid form."""
        matches = (self.SHAPE.fullmatch(one) for one in self.sent)
        return {match[1]: int(match[2]) for match in matches if match}

    def clean(self) -> None:
        if not self.sent:
            raise forms.ValidationError("还没有选中季报表，请勾选要审定的。")
        if not all(self.SHAPE.fullmatch(one) for one in self.sent):
            raise forms.ValidationError("页面不完整，请刷新后重试。")


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

    def seen(self) -> dict[str, str]:
        """The differences that the explanations were written about, as the page sent them along."""
        names = {code: f"difference-{code}" for code in self.codes}
        return {code: self.data[name] for code, name in names.items() if name in self.data}

    def sent(self) -> dict[str, str]:
        """The explanations as they were sent, {indicator code: text}, well-formed or not."""
        names = {code: f"explanation-{code}" for code in self.codes}
        return {code: self.data[name].strip() for code, name in names.items() if name in self.data}

    def faults(self) -> dict[str, str]:
        return {
            name.removeprefix("explanation-"): " ".join(map(str, errors))
            for name, errors in self.errors.items()
        }


class TrailForm(forms.Form):
    """What of the audit trail is asked for; every field may be left out."""

    FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)

    act = forms.ChoiceField(required=False, error_messages={"invalid_choice": "没有“%(value)s”这种行为。"})
    person = forms.CharField(
        required=False, max_length=150, error_messages={"max_length": "账号或姓名太长，请缩短。"}
    )
    kind = forms.ChoiceField(required=False, error_messages={"invalid_choice": "没有“%(value)s”这类对象。"})
    object = forms.CharField(
        required=False, max_length=200, error_messages={"max_length": "对象太长，请照记录里的写法。"}
    )
    quarter = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "没有“%(value)s”这一季度，季度写作 2015Q2。"}
    )
    unit = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "本市没有代码为“%(value)s”的填报单位。"}
    )
    since = forms.DateField(
        required=False, input_formats=DATE_FORMATS, error_messages={"invalid": "起始日期应写作 2015-07-08。"}
    )
    until = forms.DateField(
        required=False, input_formats=DATE_FORMATS, error_messages={"invalid": "截止日期应写作 2015-07-08。"}
    )
    text = forms.CharField(
        required=False, max_length=100, error_messages={"max_length": "查找的文字最多 100 字，请缩短。"}
    )
    before = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, error_messages=NO_SUCH_PAGE)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, error_messages=NO_SUCH_PAGE)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        acts: Iterable[str],
        kinds: Iterable[str],
        quarters: Iterable[str],
        units: Iterable[str],
    ) -> None:
        super().__init__(data)
        offered = {"act": acts, "kind": kinds, "quarter": quarters, "unit": units}
        for name, codes in offered.items():
            self.fields[name].choices = [(str(code), str(code)) for code in codes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        for day in (since, until):
            if day and not self.FIRST_DAY <= day <= self.LAST_DAY:
                raise forms.ValidationError("日期应在 2000 年至 2099 年之间。")
        if since and until and since > until:
            raise forms.ValidationError("起始日期晚于截止日期，请对调。")
        return cleaned

    def sentences(self) -> list[str]:
        """What is wrong with it, each thing once."""
        return list(dict.fromkeys(str(error) for errors in self.errors.values() for error in errors))


class WorkbookForm(forms.Form):
    """A filled-in workbook; what it is is looked at when it is read."""

    workbook = forms.FileField(
        allow_empty_file=True,
        max_length=200,
        error_messages={
            "required": "请先选择填好的工作簿（*.xlsx），再按“上传”。",
            "max_length": "文件名太长，请改短后再上传。",
        },
    )

    @property
    def sentence(self) -> str:
        """What is wrong with the sending."""
        return " ".join(str(error) for error in self.errors.get("workbook", ()))
