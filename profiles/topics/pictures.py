"""The pictures a person can put beside their words, in the groups the picker shows.

Each picture has an OpenMoji code, a permanent name for portable files, and a plain label.
"""

from typing import Final

_GROUPS: Final = (
    (
        "Talking and listening",
        (
            ("1F44B", "hello", "Hello"),
            ("1F5E3", "talking", "Talking"),
            ("1F442", "listening", "Listening"),
            ("1F9BB", "hearing-aid", "Hearing aid"),
            ("1F9CF", "deaf-person", "Deaf person"),
            ("1F450", "signing", "Signing with my hands"),
            ("1F5BC", "pictures", "Pictures"),
            ("1F4F1", "talking-device", "Phone or talking device"),
            ("1F4DD", "writing", "Writing"),
            ("23F3", "time-to-answer", "Time to answer"),
            ("1F44D", "yes", "Yes"),
            ("1F44E", "no", "No"),
        ),
    ),
    (
        "Sight, sound and touch",
        (
            ("1F441", "seeing", "Seeing"),
            ("1F453", "glasses", "Glasses"),
            ("1F50A", "loud-noise", "Loud noise"),
            ("1F92B", "quiet-please", "Quiet, please"),
            ("1F3A7", "headphones", "Headphones"),
            ("1F4A1", "bright-light", "Bright light"),
            ("1F590", "touch", "Touch"),
        ),
    ),
    (
        "Food and drink",
        (
            ("1F37D", "food", "Food"),
            ("2615", "drinks", "Hot drink"),
            ("1F95B", "milk", "Milk or thick drink"),
            ("1F964", "straw", "Drink with a straw"),
            ("1F944", "help-with-eating", "Help to eat"),
            ("1F963", "soft-food", "Soft food"),
            ("1F95C", "allergy", "Food allergy"),
        ),
    ),
    (
        "Health",
        (
            ("1F48A", "medicine", "Medicine"),
            ("1F489", "injection", "Injection"),
            ("E31D", "headache", "Headache"),
            ("E322", "joint-pain", "Pain in bones or joints"),
            ("E31E", "earache", "Earache"),
            ("E30F", "hot-water-bottle", "Hot-water bottle"),
            ("1F912", "feeling-ill", "Feeling ill"),
            ("1FAC0", "heart", "Heart"),
            ("1FAC1", "breathing", "Breathing"),
            ("1F9E0", "brain", "Brain, seizures"),
            ("1F3E5", "hospital", "Doctor or hospital"),
            ("1F4DE", "who-to-ring", "Who to ring"),
        ),
    ),
    (
        "Washing and dressing",
        (
            ("1F6C0", "bath", "Bath"),
            ("1F6BF", "shower", "Shower"),
            ("1F6BD", "toilet", "Toilet"),
            ("1FAA5", "teeth", "Teeth"),
            ("1F455", "clothes", "Clothes"),
            ("1FAAE", "hair", "Hair"),
        ),
    ),
    (
        "Sleep and time",
        (
            ("1F6CC", "sleep", "Sleep"),
            ("1F319", "night", "Night"),
            ("1F4C5", "my-day", "Days and dates"),
            ("23F0", "clock", "Clock"),
        ),
    ),
    (
        "Moving and keeping safe",
        (
            ("1F6B6", "walking", "Walking"),
            ("1F9BD", "wheelchair", "Wheelchair"),
            ("1FA7C", "crutch", "Stick or crutch"),
            ("1F9AF", "white-cane", "White cane"),
            ("E202", "stairs", "Stairs"),
            ("267F", "access", "Step-free access"),
            ("26A0", "careful", "Be careful"),
            ("1F6E1", "safe", "Safe"),
            ("1F6D1", "stop", "Stop"),
        ),
    ),
    (
        "People",
        (
            ("1F46A", "family", "Family"),
            ("1FAC2", "friends", "Friends"),
            ("1F91D", "people-who-help", "People who help"),
            ("2B50", "what-people-like", "What people like about me"),
            ("2764", "love", "Love"),
            ("1F512", "private", "Private"),
        ),
    ),
    (
        "Home and going out",
        (
            ("1F3E0", "home", "Home"),
            ("1F6CB", "quiet-place", "Somewhere quiet"),
            ("1F6AA", "door", "Door: please knock"),
            ("1F436", "dog", "Dog"),
            ("1F431", "cat", "Cat"),
            ("2600", "outside", "Sun, being outside"),
            ("1F327", "rain", "Rain, a hard day"),
            ("1F68C", "bus", "Bus"),
            ("1F6D2", "shopping", "Shopping"),
            ("1F5FA", "places", "Places I have been"),
        ),
    ),
    (
        "Learning and working",
        (
            ("1F392", "school-bag", "Bag for school or work"),
            ("1F3EB", "school", "School"),
            ("1F4BC", "work", "Work"),
            ("1F4BB", "computer", "Computer"),
            ("1F50C", "charger", "Charger"),
            ("1F4C1", "folder", "Folder"),
        ),
    ),
    (
        "Things I enjoy",
        (
            ("1F3B6", "music", "Music"),
            ("1F4FA", "television", "Television"),
            ("1F4D6", "reading", "Reading"),
            ("1F3A8", "art", "Art"),
            ("1FAB4", "plants", "Plants"),
            ("26BD", "sport", "Sport"),
            ("1F3CA", "swimming", "Swimming"),
            ("1F382", "birthday", "Birthday"),
            ("1F3AF", "goal", "Something I want to do"),
        ),
    ),
    (
        "Faith",
        (
            ("1F64F", "faith", "Prayer"),
            ("26EA", "church", "Church"),
            ("1F54C", "mosque", "Mosque"),
            ("1F54D", "synagogue", "Synagogue"),
            ("1F6D5", "hindu-temple", "Hindu temple"),
            ("1F4FF", "prayer-beads", "Prayer beads"),
        ),
    ),
    (
        "Feelings",
        (
            ("1F61F", "worried", "Worried"),
            ("1F620", "upset", "Upset or angry"),
            ("1F60C", "calm", "Calm"),
            ("1F642", "happy", "Happy"),
        ),
    ),
)

PICTURES: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = tuple(
    (title, tuple((code, words) for code, _, words in group)) for title, group in _GROUPS
)
NAMES: Final = {code: name for _, group in _GROUPS for code, name, _ in group}
CODES: Final = frozenset(NAMES)

_LABELS: Final = {code: words for _, group in PICTURES for code, words in group}
_BY_NAME: Final = {name: code for code, name in NAMES.items()}


def label(code: str) -> str:
    """What the picture shows, in plain words."""
    return _LABELS[code]


def named(name: str) -> str:
    """The code of the picture a portable file calls by this name; KeyError if there is none."""
    return _BY_NAME[name]
