"""The shape of what the reports' pages send; the rules are the services'."""

from __future__ import annotations

from django import forms

from indicators.forms import DATE_FORMATS
from indicators.models import Bulletin


def _longest(name: str) -> int:
    return Bulletin._meta.get_field(name).max_length or 0


def _text(name: str, missing: str) -> forms.CharField:
    longest = _longest(name)
    label = str(Bulletin._meta.get_field(name).verbose_name)
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={"required": missing, "max_length": f"{label}最多 {longest} 字，请缩短。"},
    )


class BulletinForm(forms.Form):
    """The head of a bulletin, and `revision`: the state of the plan that the office looked at."""

    issuer = _text("issuer", "请写明发文单位。")
    number = _text("number", "请写明文号，如“中经信〔2015〕12号”。")
    issued_on = forms.DateField(
        label="成文日期",
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请写明成文日期。", "invalid": "成文日期应写作 2015-08-03。"},
    )
    has_red_head = forms.BooleanField(label="套红头", required=False)
    revision = forms.IntegerField(
        min_value=0, widget=forms.HiddenInput, error_messages={"required": "页面不完整，请刷新后重试。"}
    )
