"""Beat's scheduler, whose schedule file shows that it still sends."""

from pathlib import Path

from celery.beat import PersistentScheduler


class Scheduler(PersistentScheduler):
    """Celery's own, with the moment of the last task in its file's date.

    Some dbm modules (ndbm, which Debian's Python has) write to the disk only when they are closed:
    to the health check beat would then look as if it had stopped.
    """

    schedule_filename: str

    def sync(self) -> None:
        """Write the schedule, after each task (CELERY_BEAT_SYNC_EVERY)."""
        super().sync()
        file = Path(self.schedule_filename)
        # The file's suffix depends on the dbm module.
        for written in file.parent.glob(f"{file.name}*"):
            written.touch()
