"""What a job does about trouble: a database that went away is waited for."""

import django.db
from procrastinate import RetryStrategy

AFTER_TROUBLE = RetryStrategy(
    max_attempts=20, linear_wait=5, retry_exceptions={django.db.OperationalError, django.db.InterfaceError}
)
