"""The way of a blank SIM to its customer: the five tabs, carriers and stores."""
