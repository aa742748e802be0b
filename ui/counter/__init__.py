"""The counter (办理): the one field, what is used most, what is due, drafts to go on with."""
