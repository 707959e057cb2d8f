"""The length of a password, asked for in Chinese: Django's own sentence has no translation since 5.2."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LengthValidator(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        return f"密码太短，至少 {self.min_length} 个字符。"
