"""The circles of roles that the table of routes speaks of."""

from feedback_service.accounts.rules.roles import Role

EVERYBODY = frozenset(Role)
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
OFFICE = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.ONE_STOP, Role.CONTROLLER})
EDITORS = frozenset({Role.ADMINISTRATOR, Role.ONE_STOP})
READERS = OFFICE | {Role.OVERSEER}
WORKERS = OFFICE | {Role.HANDLER}
APPROVERS = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.CONTROLLER})
INSPECTORS = APPROVERS | {Role.OVERSEER}
"""Who may see single ratings and votes: nobody who serves at the counter, as the tablet promises."""
HEADS = frozenset({Role.LEADER})
"""Who answers for the officers of a unit, and alone sees figures by their names (product R9)."""
AUDITORS = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.OVERSEER})

ACCOUNTS = (
    *("accounts", "new_account", "add_account", "account", "change_account", "reset_password", "switch_account"),
    *("end_sessions", "programs", "add_program", "end_program"),
    *("account_file", "look_at_account_file", "confirm_account_file"),
)
"""What an administrator does with the accounts of others."""
