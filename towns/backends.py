"""Loads an account together with its role, unit and city: one query a request, not four."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User


class MembershipBackend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        user = (
            User.objects.select_related("membership__city", "membership__unit__area")
            .filter(pk=user_id, is_active=True)
            .first()
        )
        return user if user is None or self.user_can_authenticate(user) else None
