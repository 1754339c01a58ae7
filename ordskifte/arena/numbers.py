"""Personal numbers for practice: valid by their check digits, and nobody's."""

PLACEHOLDER = "{fnr}"
"""What stands in our rows. The number itself is made when the channel is read, as a platform would give it."""


def synthetic_number(seed: int) -> str:
    """Eleven digits with valid check digits that belong to nobody: the month is 80 too high (Skatteetaten)."""
    individual = 100 + seed % 300
    while True:
        digits = [
            int(digit) for digit in f"{seed % 28 + 1:02d}{seed % 12 + 81:02d}{40 + seed % 59:02d}{individual:03d}"
        ]
        first = -sum(map(int.__mul__, (3, 7, 6, 1, 8, 9, 4, 5, 2), digits)) % 11
        second = -sum(map(int.__mul__, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*digits, first])) % 11
        if first < 10 and second < 10:
            return "".join(map(str, [*digits, first, second]))
        individual += 1
