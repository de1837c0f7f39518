"""Checks of an agreement record: errors stop it, warnings and questions do not."""
