"""The room of the end of the day (日结): what happened, which numbers were used, what is left; two people sign."""
