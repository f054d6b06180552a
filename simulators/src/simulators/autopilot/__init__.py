"""Staff on autopilot: the work of OSP, stores, reviewers, agents and officers, done by API."""
