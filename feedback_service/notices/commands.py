"""The worker: sends what is due and does the daily jobs, in the server itself or as a process of its own."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event as Signal
from threading import Thread

import click

from feedback_service.core.period import local_time
from feedback_service.notices import queries, service
from feedback_service.notices.export.sending import Receiver, Sender
from feedback_service.notices.queries import Outgoing
from feedback_service.notices.rules.hours import after_quiet
from feedback_service.notices.rules.tries import Channel, Status
from feedback_service.notices.service import Job, Outcome, Reach
from feedback_service.settings import Settings
from feedback_service.web.context import Platform
from feedback_service.web.logs import logger

POLL_SECONDS = 5.0
PAUSE_SECONDS = 30.0
"""The rest after a fault of our own or of the database."""
HANDS = 4
"""Messages on their way at once: one slow receiver does not hold up the others."""


Errand = Callable[[Platform], bool]
"""Work that takes long and opens its own transactions; says whether there was any."""


class Worker:
    """Works through what is due; any number of them may run on one database."""

    def __init__(
        self, platform: Platform, jobs: Sequence[Job], reaches: Mapping[str, Reach], errands: Sequence[Errand] = ()
    ) -> None:
        """Know the jobs and errands of every feature, and how the citizens behind each kind of record are reached."""
        self._platform = platform
        self._errands = errands
        self._aside: Thread | None = None
        self._jobs = jobs
        self._reaches = reaches
        self._done: dict[str, str] = {}
        self._pool = ThreadPoolExecutor(HANDS, thread_name_prefix="notices")

    def step(self) -> int:
        """Do the jobs of the day that are due, send one batch, do what takes long, and return how much was done."""
        return self._do_jobs() + self._send_batch() + self._do_errands()

    def run(self, stop: Signal) -> None:
        """Work until told to stop; a fault is logged and waited out, it does not end the work."""
        with ThreadPoolExecutor(1, thread_name_prefix="worker") as hand:
            while not stop.is_set():
                try:
                    attempt = hand.submit(self._step_aside)
                except RuntimeError:  # the interpreter is ending
                    return
                fault = attempt.exception()
                if fault is not None:
                    logger().error("worker fault", exc_info=fault)
                if fault is not None or attempt.result() == 0:
                    stop.wait(PAUSE_SECONDS if fault else POLL_SECONDS)

    def _step_aside(self) -> int:
        """Take a step, but leave what takes long to a thread of its own, which ends with the process at any point."""
        if self._errands and (self._aside is None or not self._aside.is_alive()):
            self._aside = Thread(target=self._do_errands, name="errands", daemon=True)
            self._aside.start()
        return self._do_jobs() + self._send_batch()

    def _do_errands(self) -> int:
        return sum(errand(self._platform) for errand in self._errands)

    def _do_jobs(self) -> int:
        now = self._platform.clock.now()
        due = [job for job in self._jobs if local_time(now).time() >= job.at]
        new = [job for job in due if self._done.get(job.name) != service.job_key(job, now)]
        return sum(self._do(job, now) for job in new)

    def _do(self, job: Job, now: datetime) -> bool:
        def work() -> bool:
            with self._platform.transaction() as session:
                return service.run_once(session, job, self._platform.settings, now=now)

        with self._platform.reading() as session:
            was_done = queries.is_done(session, service.job_key(job, now))
        is_new = not was_done and self._platform.database.retrying(work)
        self._done[job.name] = service.job_key(job, now)
        if is_new:
            logger().info("job done", job=job.name)
        if is_new and job.clears:
            self._platform.database.forget(*job.clears, at_any_size=True)
        return is_new

    def _send_batch(self) -> int:
        with self._platform.reading() as session:
            if not queries.has_due(session, now=self._platform.clock.now()):
                return 0
        taken = self._platform.database.retrying(self._claim)
        sender = self._sender()
        for sending in [self._pool.submit(self._deliver, sender, one) for one in taken]:
            fault = sending.exception()
            if fault is not None:
                logger().error("delivery fault", exc_info=fault)
        return len(taken)

    def _claim(self) -> tuple[Outgoing, ...]:
        with self._platform.transaction() as session:
            return service.claim(session, now=self._platform.clock.now())

    def _deliver(self, sender: Sender, outgoing: Outgoing) -> None:
        receiver = self._platform.database.retrying(lambda: self._receiver(outgoing))
        now = self._platform.clock.now()
        outcome = self._sent(sender, outgoing, receiver, now) if receiver else Outcome(Status.NOBODY)

        def conclude() -> None:
            with self._platform.transaction() as session:
                service.conclude(session, outgoing, outcome, now=self._platform.clock.now())

        self._platform.database.retrying(conclude)
        logger().info("notice", event_type=outgoing.event.value, delivery=outgoing.id, status=outcome.status.value)

    def _sent(self, sender: Sender, outgoing: Outgoing, receiver: Receiver, now: datetime) -> Outcome:
        if receiver.phone:
            with self._platform.reading() as session:
                until = after_quiet(queries.hours(session), now)
            if until > now:
                return Outcome(Status.WAITING, not_before=until)
        return sender.send(outgoing, receiver, now=now)

    def _receiver(self, outgoing: Outgoing) -> Receiver | None:
        if outgoing.target_id is not None and outgoing.channel is not None:
            return Receiver(outgoing.channel, outgoing.address, outgoing.seed)
        kind, subject_id = outgoing.subject
        with self._platform.transaction() as session:
            contact = self._reaches[kind](session, self._platform.settings, subject_id, self._platform.clock.now())
            gateway = queries.gateway(session) if contact.phone and not contact.mail else None
        if contact.mail:
            return Receiver(Channel.MAIL, contact.mail, path=contact.path, file=contact.file)
        known = (gateway.address, gateway.seed, contact.phone, contact.path) if gateway else None
        return Receiver(Channel.GATEWAY, *known) if known else None

    def _sender(self) -> Sender:
        site = self._platform.site()
        signature = " – ".join(part for part in (site.product, site.unit) if part)
        return Sender(self._platform.settings, self._platform.translations.word, signature)


def start(worker: Worker) -> Signal:
    """Have a worker work beside the server and return what stops it."""
    stop = Signal()
    Thread(target=worker.run, args=(stop,), name="worker", daemon=True).start()
    return stop


def worker_command(made: Callable[[Settings], Worker]) -> click.Command:
    """Return the command `worker`, which `made` gives the application and its jobs."""

    @click.command("worker")
    @click.option("--once", is_flag=True, help="do what is due now, then end")
    @click.pass_obj
    def worker(settings: Settings, once: bool) -> None:  # click names it
        """Send notices and do the daily jobs until stopped."""
        working = made(settings)
        if not once:
            working.run(Signal())
            return
        done = 0
        while step := working.step():
            done += step
        click.echo(f"Done: {done}.")

    return worker
