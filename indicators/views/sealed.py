"""What a preview shows, sealed into its page: applied just as it was shown, by the same person, in the same place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.core import signing

from indicators.models import Period
from indicators.queries.filing.comparisons import Figure

SALT = "indicators.views.uploads"
MAX_AGE_SECONDS = 2 * 60 * 60
EXPIRED = "预览已超过两小时，请重新上传文件。"
NOT_OURS = "预览的内容不完整，或不是给您在这一页看的，没有保存。请重新上传文件。"

Figures = dict[str, Figure]


class SealError(ValueError):
    """A preview that cannot be applied here; its message is a Chinese sentence."""


def seal(about: str, period: Period, user: User, content: Mapping[str, Any]) -> str:
    """One line of text for a hidden field. `about` is what the preview is of; the key makes a second sending known."""
    bound = {"about": about, "plan": period.plan.code, "period": period.code, "user": user.pk}
    sealed = {**content, **bound, "key": uuid4().hex}
    return signing.dumps(sealed, salt=SALT, compress=True)


def unseal(text: str, about: str, period: Period, user: User) -> dict[str, Any]:
    """The content again. Raises SealError for one that was altered, is too old, or belongs elsewhere."""
    try:
        content = signing.loads(text, salt=SALT, max_age=MAX_AGE_SECONDS)
    except signing.SignatureExpired as fault:
        raise SealError(EXPIRED) from fault
    except signing.BadSignature as fault:
        raise SealError(NOT_OURS) from fault
    bound = {"about": about, "plan": period.plan.code, "period": period.code, "user": user.pk}
    if any(content.get(name) != value for name, value in bound.items()):
        raise SealError(NOT_OURS)
    return content


def pack(figures: Mapping[str, Figure]) -> dict[str, list[str]]:
    """Figures as JSON keeps them exactly, {indicator code: [digits, note]}."""
    return {code: ["" if one.value is None else f"{one.value:f}", one.note] for code, one in figures.items()}


def unpack(packed: Mapping[str, list[str]]) -> Figures:
    return {
        code: Figure(Decimal(digits) if digits else None, note) for code, (digits, note) in packed.items()
    }
