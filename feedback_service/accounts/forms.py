"""Forms of accounts: names and limits of what is typed."""

from wtforms import HiddenField, PasswordField, StringField

from feedback_service.accounts.rules.passwords import MOST_LETTERS
from feedback_service.web.forms import ChecksField, ChoiceField, Form, at_most, line, needed

ALL_UNITS = "all"


class SignInForm(Form):
    """Signing in; `next` is the page that was asked for before."""

    name = StringField(filters=[line], validators=[needed("Please enter your sign-in name."), at_most(60)])
    password = PasswordField(validators=[needed("Please enter your password."), at_most(1000)])
    next = HiddenField(validators=[at_most(2000)])


class PasswordForm(Form):
    """Choosing a new password."""

    present = PasswordField(validators=[needed("Please enter your present password."), at_most(1000)])
    password = PasswordField(validators=[needed("Please enter a new password."), at_most(1000)])
    repeated = PasswordField(validators=[needed("Please enter the new password once more."), at_most(MOST_LETTERS)])


class AccountForm(Form):
    """Who somebody is and what they may."""

    full_name = StringField(filters=[line], validators=[needed("Please enter the full name."), at_most(120)])
    role = ChoiceField(choices=[])
    unit = ChoiceField(choices=[])


class NewAccountForm(AccountForm):
    """An account that does not exist yet."""

    name = StringField(filters=[line], validators=[needed("Please enter a sign-in name."), at_most(60)])


class ProgramForm(Form):
    """A token for another system: whose it is, what it opens, for which unit and how many days."""

    name = StringField(filters=[line], validators=[needed("Please enter the name of the other system."), at_most(80)])
    scopes = ChecksField(choices=[], validators=[needed("Please choose what the token opens.")])
    unit = ChoiceField(choices=[])
    days = ChoiceField(choices=[])
