from reports.models.plans import PLANNING_KINDS, ExpansionPlan

__all__ = ["PLANNING_KINDS", "ExpansionPlan"]
