"""What was due, and who saw to it: once for each job, community and slot."""

from sqlalchemy import Column, Integer, String, Table, Text

from core.store.tables.base import BigId, Instant, OnJoin, metadata, of_community

job_runs = Table(
    "job_runs",
    metadata,
    Column("job", String(64), primary_key=True),
    Column("community_id", BigId, primary_key=True),
    Column("slot", String(32), primary_key=True),
    Column("state", String(16), nullable=False),  # claimed, done, failed
    Column("attempts", Integer, nullable=False, default=1),
    Column("claimed_until", Instant, nullable=False),
    Column("failure", Text),
)
of_community(job_runs, on_join=OnJoin.DROP)
