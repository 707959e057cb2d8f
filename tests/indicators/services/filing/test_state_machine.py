"""1,000 random stories of people of every role: no sequence of acts breaks a rule of filing (domain.md section 5)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from pytest_django.plugin import DjangoDbBlocker

from tests.indicators.services.filing.filing_machine import FilingMachine
from tests.indicators.services.filing.filing_world import World
from tests.scenes import rolled_back

pytestmark = pytest.mark.django_db

STEPS = 2  # how it begins, and all that happens then
# The seeds are fixed, so that it passes or fails alike for everybody; a test each, so that workers share them. The
# rules do not depend on the engine: on PostgreSQL, where a story takes twice as long, some look at the writing.
MANY = connection.vendor == "sqlite"
SEEDS = (2015, 2016, 2017, 2018) if MANY else (2015,)
STORIES = 250 if MANY else 60
RUNS = settings(
    max_examples=STORIES,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
ACTS = (
    *("开放报送期", "调整报送日期", "定稿"),
    *("保存季报", "代填季报", "提交季报", "撤回季报", "上传佐证材料", "删除佐证材料"),
    *("开始审核", "审定季报", "退回季报", "退回更正", "重新开放"),
)
NEVER_REFUSED_HERE = ("开放报送期", "refused")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with rolled_back(django_db_blocker):
        yield World()


@pytest.mark.parametrize("number", SEEDS)
def test_no_sequence_of_acts_breaks_a_rule(world: World, number: int) -> None:
    class Story(FilingMachine):
        pass

    Story.world, world.stories = world, 0
    world.seen.clear()
    run_state_machine_as_test(seed(number)(Story), settings=RUNS, _min_steps=STEPS)
    assert world.stories >= STORIES
    # Many stories come to what they are about: every act was taken, and was refused.
    if not MANY:
        return
    wanted = {(act, way) for act in ACTS for way in ("taken", "refused")} - {NEVER_REFUSED_HERE}
    assert {pair for pair in wanted if not world.seen[pair]} == set()
