"""The goals of libs/events, each measured beside what it is compared with."""
