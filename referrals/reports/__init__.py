"""The municipality's figures: groups, never people (invariant 7). docs/reports.md explains them."""
