"""The process in which the benchmark runs."""

import json
import sys

from welzijn.devtools.bench.reminders.benchmark import main

main(json.loads(sys.argv[1]))
