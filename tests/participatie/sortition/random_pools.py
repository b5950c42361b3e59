"""Pools by chance, the same for the same seed."""

import random
from collections import Counter

from participatie.sortition.pools import Person, Pool, Quota


def shares(rng: random.Random, values: int) -> list[float]:
    weights = [0.4 + rng.random() for _ in range(values)]
    return [weight / sum(weights) for weight in weights]


def random_pool(
    seed: int, *, people: int, seats: int, features: int, most_values: int = 5, households: float = 0.2
) -> Pool:
    """People who sign up unlike the wijk, and quotas as the wijk is, one seat wide or two.

    `households` is the share of people who live with somebody else in the pool.
    """
    rng = random.Random(seed)  # noqa: S311
    names = [f"f{number}" for number in range(features)]
    values = {name: [f"v{number}" for number in range(rng.randint(2, most_values))] for name in names}
    wijk = {name: shares(rng, len(values[name])) for name in names}
    skew = {name: [share * rng.choice([0.5, 1.0, 1.5]) for share in wijk[name]] for name in names}
    homes: list[str] = []
    while len(homes) < people:
        size = rng.choice([2, 2, 3]) if rng.random() < households / 2 else 1
        homes += [f"h{len(homes)}"] * size
    found = [
        Person(
            f"p{number:04d}",
            {name: rng.choices(values[name], skew[name])[0] for name in names},
            homes[number],
        )
        for number in range(people)
    ]
    quotas = []
    for name in names:
        counts = Counter(person.values[name] for person in found)
        for value, share in zip(values[name], wijk[name], strict=True):
            width = rng.choice([0, 0, 1])
            low = max(0, int(share * seats) - width)
            high = int(share * seats) + 1 + width
            quotas.append(Quota(name, value, min(low, counts[value]), high))
    return Pool(tuple(found), tuple(quotas), seats)


def tiny_pool(seed: int) -> Pool:
    """Small enough to look at every panel, and with so many households that they matter."""
    rng = random.Random(seed)  # noqa: S311
    return random_pool(
        seed,
        people=rng.randint(6, 10),
        seats=rng.randint(2, 5),
        features=rng.randint(1, 4),
        most_values=3,
        households=0.6,
    ).sorted()


def medium_pool(seed: int) -> Pool:
    rng = random.Random(seed)  # noqa: S311
    return random_pool(
        seed,
        people=rng.randint(100, 300),
        seats=rng.randint(10, 40),
        features=rng.randint(3, 6),
        households=0.4,
    )


def example_large() -> Pool:
    """2,000 people for 200 seats, made like example_large of the Nature paper: nobody but one woman is both a
    woman and conservative, so that 99 to 101 of each is a tight fit.
    """
    kinds = [("female", "conservative")] + [("female", "liberal")] * 999 + [("male", "conservative")] * 1000
    people = tuple(
        Person(f"p{number:04d}", {"gender": gender, "leaning": leaning})
        for number, (gender, leaning) in enumerate(kinds)
    )
    values = [("gender", "female"), ("gender", "male"), ("leaning", "liberal"), ("leaning", "conservative")]
    return Pool(people, tuple(Quota(*value, 99, 200) for value in values), 200)
