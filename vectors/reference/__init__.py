"""Sunlot written a second time, from SPEC.md alone: see reference.py beside this folder."""
