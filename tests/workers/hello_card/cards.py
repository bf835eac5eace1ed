"""What the tests beside this have in common."""

from django.urls import reverse

from profiles.workers.models import HelloCard

HELLO = reverse("workers:hello")


LOOKED = reverse("access:looked")


SAID = {
    "name": "Priya",
    "role": "support worker",
    "place": "Sunrise Home Care",
    "enjoys": "Gardening, and the Rovers.",
    "works": "I sit down first.",
    "thanked": "I am on time.",
}


def at(card: HelloCard, name: str = "hello") -> str:
    return reverse(f"door:{name}", kwargs={"ref": card.ref})
