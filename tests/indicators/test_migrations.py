"""Migrations that move data carry it there and back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from indicators.models import Plan, QuarterlyReturn
from tests.indicators.filing_steps import opened, submitted


def migrate(name: str) -> MigrationExecutor:
    """Bring the app's tables to this migration; answers what knows the models of that time."""
    executor = MigrationExecutor(connection)
    executor.migrate([("indicators", name)])
    return MigrationExecutor(connection)


@pytest.mark.django_db(transaction=True)
def test_who_wrote_in_a_return_is_kept_on_the_way_back_and_forth(
    zhongshan: Plan, office: User, xiaolan: User
) -> None:
    filed = submitted(opened(zhongshan, office), "xiaolan", xiaolan, {"robot-firms": "0"})
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("indicators")[0][1]
    try:
        before = migrate("0003_review_evidence_reminders").loader.project_state(
            [("indicators", "0003_review_evidence_reminders")]
        )
        rows = before.apps.get_model("indicators", "ReturnEditor").objects
        assert list(rows.values_list("quarterly_return_id", "user_id")) == [(filed.pk, xiaolan.pk)]
        before.apps.get_model("indicators", "QuarterlyReturn").objects.update(editors={})
    finally:
        migrate(latest)
    again = QuarterlyReturn.objects.get(pk=filed.pk)
    assert again.editor_units == {xiaolan.pk: filed.unit_id}
