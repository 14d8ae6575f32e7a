"""The commands, a module a group: serving, asking, checking, publishing."""
