"""The proof that the rule of step-down is right: tables, random histories, three written stories. No I/O."""
