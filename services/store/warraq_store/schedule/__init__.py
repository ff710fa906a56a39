"""What is due: the state of every page, the hosts in line, and the tick that hands out what the stages can take."""
