"""A partnership in one TOML file: read, check, load and export it.

    file = read(path)                      # raises FileProblemsError with every fault, in Dutch
    report = load(file=file, source="putten.toml", now=now)
    text = export(partnership)

Entry points: reading.read, loading.load, exporting.export.
May import: organisations.rule_sets and below.
"""
