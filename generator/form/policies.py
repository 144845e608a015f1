"""What an indicator gives that does not apply, as the form fixes it or as a choice of the unit says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from generator.form.indicators import POLICIES, NotApplicable, Policy
from generator.form.section import Section

# By the name of a choice field: what each of its choices means.
Policies = Mapping[str, Mapping[str, Policy]]


def read_policies(section: Section) -> Policies:
    """``[policies."口径"]``: what each choice of a field means for indicators that do not apply."""
    made: dict[str, dict[str, Policy]] = {}
    for name, value in section.entries():
        choices = Section(value, f"{section.place}: {name}")
        taken = {each: Section({each: policy}, choices.place) for each, policy in choices.entries()}
        made[name] = {each: cast(Policy, one.choice(each, POLICIES)) for each, one in taken.items()}
    return made


def read_not_applicable(section: Section, policies: Policies | None) -> NotApplicable:
    """``not_applicable`` of an indicator; None: which ``policies`` there are is not known."""
    if section.has("policy") == section.has("policy_by"):
        raise section.error("policy 和 policy_by 须写一个，也只能写一个")
    by = section.text("policy_by", "")
    if by and policies is not None and by not in policies:
        raise section.error(f'policy_by {by} 的选项没有写明意思，请加上 [policies."{by}"]')
    made = NotApplicable(
        unless=section.formula("unless"),
        policy=None if by else cast(Policy, section.choice("policy", POLICIES)),
        because=section.text("because"),
        policy_by=by,
        policies=(policies or {}).get(by, {}),
    )
    section.done()
    return made
