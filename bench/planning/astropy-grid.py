"""Elevations of N targets at M minutes with astropy, as {"seconds": [...]}: astropy-grid.py N M REPEATS."""

import json
import os
import sys
import time
import warnings

# One thread, as the other side has.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
warnings.filterwarnings("ignore")

try:
    import astropy.units as u
    import numpy as np
    from astropy.coordinates import AltAz, EarthLocation, SkyCoord
    from astropy.time import Time
    from astropy.utils import iers
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

iers.conf.auto_download = False
iers.conf.iers_degraded_accuracy = "ignore"

targets, minutes, repeats = (int(word) for word in sys.argv[1:4])
draw = np.random.default_rng(1)
ra = draw.uniform(0, 360, targets)
dec = np.degrees(np.arcsin(draw.uniform(-0.5, 1, targets)))
site = EarthLocation(lat=43.7522 * u.deg, lon=6.9238 * u.deg, height=1270 * u.m)

seconds = []
for _ in range(repeats):
    # New objects each time: nothing is remembered from the round before.
    coordinates = SkyCoord(ra[:, None] * u.deg, dec[:, None] * u.deg)
    times = Time(2459659.25 + np.arange(minutes) / 1440, format="jd")[None, :]
    began = time.perf_counter()
    altitude = coordinates.transform_to(AltAz(obstime=times, location=site)).alt.deg
    seconds.append(time.perf_counter() - began)
    assert altitude.shape == (targets, minutes)
print(json.dumps({"seconds": seconds}))
