"""Every page of the policies."""

from typing import Final

from web.policies import analysis, cohort, listing, one, proposal, proposing, simulating, simulation

ROUTES: Final = [
    *listing.ROUTES,
    *one.ROUTES,
    *proposing.ROUTES,
    *proposal.ROUTES,
    *cohort.ROUTES,
    *analysis.ROUTES,
    *simulating.ROUTES,
    *simulation.ROUTES,
]
