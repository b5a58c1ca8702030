"""The records: plain, frozen data that every layer shares. Standard library only."""
