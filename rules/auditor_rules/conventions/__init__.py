"""Rules about conventions that both sides should keep."""
