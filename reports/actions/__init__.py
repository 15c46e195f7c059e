from reports.actions.plans import set_plan

__all__ = ["set_plan"]
