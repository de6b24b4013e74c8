"""The process in which the benchmark runs."""

import json
import sys

from welzijn.devtools.bench.outbox.reminders import main

main(json.loads(sys.argv[1]))
