"""Computes with astropy the places that src/sky is compared with.

    python3 make-reference.py > astropy-reference.ts     the stored reference (then format it)
    python3 make-reference.py --json --seed 7            other places, as JSON, for the live test

Needs Debian's python3-astropy and, for the table "ephem", python3-ephem; downloads nothing: UT1-UTC
and the pole come from what astropy carries, UT1-UTC being a forecast after 2022. Without refraction.

Astropy's own Moon (ERFA moon98, a short series) strays by up to 15" and its outer planets (plan94) by
up to 90". So the table "ephem" has them once more from the geocentric places of PyEphem (VSOP87 and a
long lunar series), which astropy then takes to the horizon of the site.
"""

import argparse
import json
import random
import warnings

import numpy
from astropy import units as u
from astropy.coordinates import TETE, AltAz, EarthLocation, SkyCoord, get_body
from astropy.time import Time
from astropy.utils import iers

try:
    import ephem
except ImportError:
    ephem = None

iers.conf.auto_download = False
iers.conf.iers_degraded_accuracy = "ignore"
warnings.simplefilter("ignore")

# latitude, longitude, metres
SITES = {
    "calern": (43.75203, 6.92353, 1320),
    "chile": (-29.25992, 289.2674, 2398),
    "reunion": (-21.19882, 55.41022, 991),
    "spm": (31.0439, -115.4637, 2830),
    "north": (69.65, 18.96, 100),
}
# UT1-UTC was -0.66 s at the end of 2005, and almost 0 at the end of 2018.
INSTANTS = [
    "1998-12-31T22:00:00",
    "2005-12-31T03:30:00",
    "2014-04-23T21:08:24",
    "2018-12-20T05:00:00",
    "2022-03-20T12:34:56",
    "2026-11-22T20:00:00",
]
PLANETS = ["Mercury", "Venus", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"]
# Barnard, 61 Cygni A, Kapteyn, and a star near the pole: RA, Dec, mas/yr twice, epoch
MOVING = [
    (269.452075, 4.693391, -801.551, 10362.394, 2000.0),
    (316.724749, 38.749418, 4164.209, 3249.614, 2016.0),
    (77.959948, -45.043876, 6491.223, -5708.614, 2016.0),
    (37.954561, 89.264109, 44.48, -11.85, 2000.0),
]
ALTITUDES = [-0.833, -6, -12, -18]
NIGHTS = ["2005-12-31", "2018-12-20"]


def location(site):
    lat, lon, metres = site
    return EarthLocation.from_geodetic(lon * u.deg, lat * u.deg, metres * u.m)


def frame(site, time):
    return AltAz(obstime=time, location=location(site))


def rounded(*values):
    return [round(float(value), 6) for value in values]


def horizontal(coordinates, site, time):
    place = coordinates.transform_to(frame(site, time))
    return rounded(place.alt.deg, place.az.deg)


def body(name, site, time):
    return horizontal(get_body(name, time, location(site), ephemeris="builtin"), site, time)


def instant_rows(instants):
    times = [Time(instant, scale="utc") for instant in instants]
    return [[time.isot + "Z", round(float(time.delta_ut1_utc), 6)] for time in times]


def moments(sites, instants):
    for name, site in sites.items():
        for index, instant in enumerate(instants):
            yield name, site, index, Time(instant, scale="utc")


def star_rows(sites, instants, stars):
    rows = []
    for turn, (name, site, index, time) in enumerate(moments(sites, instants)):
        for ra, dec in stars(turn):
            seen = horizontal(SkyCoord(ra * u.deg, dec * u.deg), site, time)
            rows.append([name, index, ra, dec, *seen])
    return rows


def body_rows(sites, instants, names):
    rows = []
    for name, site, index, time in moments(sites, instants):
        for wanted in names:
            rows.append([wanted, name, index, *body(wanted.lower(), site, time)])
    return rows


def ephem_rows(sites, instants):
    rows = []
    for name, site, index, time in moments(sites, instants) if ephem else []:
        # PyEphem takes UT and adds its own forecast of TT-UT: give it what makes its TT true.
        day = ephem.Date(time.tt.datetime)
        day -= ephem.delta_t(day) * ephem.second
        for wanted in ["Moon", *PLANETS]:
            seen = getattr(ephem, wanted)(day)
            place = TETE(
                float(seen.g_ra) * u.rad,
                float(seen.g_dec) * u.rad,
                seen.earth_distance * u.au,
                obstime=time,
            )
            rows.append([wanted, name, index, *horizontal(SkyCoord(place), site, time)])
    return rows


def sidereal_rows(sites, instants):
    rows = []
    for name, site, index, time in moments(sites, instants):
        hours = time.sidereal_time("apparent", longitude=location(site).lon).hour
        rows.append([name, index, round(float(hours), 8)])
    return rows


def moved_rows(years):
    rows = []
    for ra, dec, east, north, epoch in MOVING:
        for year in years:
            star = SkyCoord(
                ra * u.deg,
                dec * u.deg,
                pm_ra_cosdec=east * u.mas / u.yr,
                pm_dec=north * u.mas / u.yr,
                obstime=Time(epoch, format="jyear", scale="tdb"),
            )
            later = star.apply_space_motion(new_obstime=Time(year, format="jyear", scale="tdb"))
            place = [round(float(later.ra.deg), 8), round(float(later.dec.deg), 8)]
            rows.append([ra, dec, east, north, epoch, year, *place])
    return rows


def crossing_seconds(altitudes, limit, falling):
    """Seconds after the first sample (one a minute) at which the Sun passes an elevation."""
    above = altitudes - limit
    for k in range(len(above) - 1):
        passes = above[k] >= 0 > above[k + 1] if falling else above[k] < 0 <= above[k + 1]
        if passes:
            return 60 * (k + above[k] / (above[k] - above[k + 1]))
    return None


def night_rows(sites, nights):
    rows = []
    for name, site in sites.items():
        for night in nights:
            noon = Time(night, scale="utc") + (0.5 - ((site[1] + 180) % 360 - 180) / 360) * u.day
            times = noon + numpy.arange(1441) * 60 * u.s
            sun = get_body("sun", times, location(site), ephemeris="builtin")
            altitudes = sun.transform_to(frame(site, times)).alt.deg
            for limit in ALTITUDES:
                ends = [crossing_seconds(altitudes, limit, falling) for falling in (True, False)]
                if None not in ends:
                    rows.append([name, night, limit, *(instant_text(noon, s) for s in ends)])
    return rows


def instant_text(noon, seconds):
    return (noon + seconds * u.s).isot[:21] + "Z"


def stored():
    """Three stars for each site and instant: 90, over the whole sphere."""
    dice = random.Random(1)
    fixed = {index: [direction(dice) for _ in range(3)] for index in range(30)}
    return {
        "sites": SITES,
        "instants": instant_rows(INSTANTS),
        "stars": star_rows(SITES, INSTANTS, fixed.get),
        "sidereal": sidereal_rows(SITES, INSTANTS[:3]),
        "bodies": body_rows(SITES, INSTANTS, ["Sun", "Moon"]),
        "planets": body_rows(dict([*SITES.items()][:2]), INSTANTS[:2], PLANETS),
        "ephem": ephem_rows(dict([*SITES.items()][:2]), INSTANTS),
        "moved": moved_rows([1980.0, 2026.5, 2050.0]),
        "nights": night_rows(dict([*SITES.items()][:4]), NIGHTS),
    }


def drawn(seed):
    """Other sites, instants and stars, by chance."""
    dice = random.Random(seed)
    sites = {f"site{n}": (dice.uniform(-75, 75), dice.uniform(-180, 180), 500 * n) for n in range(4)}
    days = sorted(dice.uniform(50083, 59800) for _ in range(6))
    instants = [Time(day, format="mjd", scale="utc").isot for day in days]
    fixed = {index: [direction(dice) for _ in range(8)] for index in range(24)}
    return {
        "sites": sites,
        "instants": instant_rows(instants),
        "stars": star_rows(sites, instants, fixed.get),
        "sidereal": sidereal_rows(sites, instants),
        "bodies": body_rows(sites, instants, ["Sun", "Moon"]),
        "planets": body_rows(sites, instants[:2], PLANETS),
        "ephem": ephem_rows(sites, instants),
        "moved": moved_rows([dice.uniform(1980, 2050)]),
        "nights": [],
    }


def direction(dice):
    dec = numpy.degrees(numpy.arcsin(dice.uniform(-1, 1)))
    return rounded(dice.uniform(0, 360), dec)


def as_typescript(tables):
    lines = [
        "import type { AstropyReference } from './sky-comparison.ts';",
        "",
        "/** Computed by astropy 5.2.1 and PyEphem 4.1.4: see make-reference.py; the type names the columns. */",
        "export const ASTROPY: AstropyReference = {",
        "sites: {",
    ]
    for name, (lat, lon, metres) in tables.pop("sites").items():
        lines.append(f"{name}: [{lat}, {lon}, {metres}],")
    lines.append("},")
    for name, rows in tables.items():
        lines.append(f"{name}: [")
        lines.extend(f"{json.dumps(row)}," for row in rows)
        lines.append("],")
    return "\n".join([*lines, "};"])


arguments = argparse.ArgumentParser()
arguments.add_argument("--json", action="store_true")
arguments.add_argument("--seed", type=int)
options = arguments.parse_args()
reference = stored() if options.seed is None else drawn(options.seed)
print(json.dumps(reference) if options.json else as_typescript(reference))
