"""The papers that attempts were judged on; they are kept as they were."""
