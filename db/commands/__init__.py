"""The commands of the command line, by subject; each module adds its grammar and does its jobs.

What a command needs it imports when it runs: ``main.py`` must open the window without waiting for any of it.
"""
