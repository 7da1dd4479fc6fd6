"""The registry of who does agencies' legal work: public lawyers, sharing, internal advisers, contracts."""
