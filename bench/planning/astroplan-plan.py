"""Plans an instance file with astroplan's PriorityScheduler: astroplan-plan.py INSTANCE.json.

Prints {"sec", "plan": [{"id", "jd"}], "version"}; the time is that of the scheduler alone. Each sequence
has its own altitude, Moon and window constraints and a rank of its priority; an altitude scores higher the
higher it is, as astroplan's own examples have it; steps of one minute.
"""

import json
import os
import sys
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
warnings.filterwarnings("ignore")

try:
    import astroplan
    import astropy.units as u
    from astroplan import (
        AltitudeConstraint,
        AtNightConstraint,
        FixedTarget,
        MoonSeparationConstraint,
        Observer,
        ObservingBlock,
        PriorityScheduler,
        Schedule,
        TimeConstraint,
        Transitioner,
    )
    from astropy.coordinates import EarthLocation, SkyCoord
    from astropy.time import Time
    from astropy.utils import iers
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

iers.conf.auto_download = False
iers.conf.iers_degraded_accuracy = "ignore"


def block_of(sequence, setup_seconds, night):
    """One observing block; its length is that of setup and observation."""
    place = SkyCoord(sequence["ra"] * u.deg, sequence["dec"] * u.deg)
    constraints = [
        AltitudeConstraint(min=sequence["minAlt"] * u.deg, boolean_constraint=False),
        MoonSeparationConstraint(min=sequence["minMoonDeg"] * u.deg),
    ]
    # A window as long as the night would only cost astroplan time.
    if sequence["jd2"] - sequence["jd1"] < night[1] - night[0] - 1e-5:
        window = (Time(sequence[key], format="jd") for key in ("jd1", "jd2"))
        constraints.append(TimeConstraint(*window))
    seconds = sequence["durMin"] * 60 + setup_seconds
    # astroplan wants the most important first; instances give a weight.
    rank = 101 - sequence["priority"]
    target = FixedTarget(place, name=str(sequence["id"]))
    return ObservingBlock(target, seconds * u.s, rank, constraints=constraints)


with open(sys.argv[1]) as file:
    instance = json.load(file)
site = instance["site"]
location = EarthLocation(
    lat=site["lat"] * u.deg, lon=site["lon"] * u.deg, height=site["height"] * u.m
)
blocks = [
    block_of(sequence, instance["setupSec"], instance["night"])
    for sequence in instance["sequences"]
]
scheduler = PriorityScheduler(
    constraints=[AtNightConstraint.twilight_astronomical()],
    observer=Observer(location, name="site", timezone="UTC"),
    transitioner=Transitioner(slew_rate=instance["slewDegPerSec"] * u.deg / u.second),
    time_resolution=60 * u.second,
)
schedule = Schedule(*(Time(jd, format="jd") for jd in instance["night"]))
began = time.perf_counter()
scheduler(blocks, schedule)
seconds = time.perf_counter() - began
plan = [
    {"id": int(block.target.name), "jd": float(block.start_time.jd)}
    for block in schedule.observing_blocks
]
print(json.dumps({"sec": seconds, "plan": plan, "version": astroplan.__version__}))
