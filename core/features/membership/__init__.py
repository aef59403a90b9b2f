"""Points, tiers, cards: what a member has and is."""
