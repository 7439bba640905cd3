"""What became of an adopted plan, and the tables and settings of what is left to decide."""

from jspmodel.realisation.course import Course, courses
from jspmodel.realisation.left_to_decide import left_to_decide, with_decided
from jspmodel.realisation.money_left import carried_over, is_carried, left_over
from jspmodel.realisation.remaining_costs import RemainingCosts, remaining_costs
from jspmodel.realisation.standing import Standing, as_adopted, as_read, standing_of

__all__ = [
    "Course",
    "RemainingCosts",
    "Standing",
    "as_adopted",
    "as_read",
    "carried_over",
    "courses",
    "is_carried",
    "left_over",
    "left_to_decide",
    "remaining_costs",
    "standing_of",
    "with_decided",
]
