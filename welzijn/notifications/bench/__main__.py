"""The process of its own in which a bench runs."""

import json
import sys

from welzijn.notifications.bench.reminders import main

main(json.loads(sys.argv[1]))
