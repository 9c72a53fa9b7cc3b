"""Rows: the tables of reports as tables, wherever a passage or a whole report is shown."""
