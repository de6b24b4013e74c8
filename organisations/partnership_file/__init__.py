"""A partnership in one TOML file: reading it, checking it, loading it, and writing one back.

    file = read(path)                      # every fault at once, in Dutch (FileProblems)
    report = load(file=file, source="putten.toml", now=now)
    text = export(partnership)

Entry points: reading.read, loading.load, exporting.export.
May import: organisations.rule_sets and below.
"""
