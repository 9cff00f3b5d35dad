"""Calibrate: replies with known levels go through the judge as real ones do, and the two are compared."""
