"""The commands, a module for each group: functions that ``sohoa.cli`` registers. Heavy imports stay inside them."""
