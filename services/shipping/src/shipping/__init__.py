"""How a blank SIM reaches its customer: the five tabs, carriers and stores."""
