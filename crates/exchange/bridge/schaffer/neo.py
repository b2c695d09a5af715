"""Recordings that Neo reads, as NWB files that Schaffer reads.

    python -m schaffer.neo FILE [FILE ...] [--out FOLDER] [--interval-s S]

A segment of Neo becomes a sweep, a channel a series `NAME_SEGMENT` in volts or
amperes, an event an annotation. Exit code 1 if a file gave nothing.
"""
from __future__ import annotations

import argparse
import re
import sys
from datetime import datetime, timezone
from pathlib import Path

import numpy as np

# A session that has no date; Schaffer takes it for none as well.
NO_DATE = datetime(2000, 1, 1, tzinfo=timezone.utc)
# Signals in other units (temperature, digital lines) keep theirs.
BASE_UNITS = {"V": "volts", "A": "amperes"}


def in_base_unit(signal):
    """Factor to V or A, and the word NWB has for the unit."""
    for unit, word in BASE_UNITS.items():
        try:
            return float(signal.units.rescale(unit).magnitude), word
        except ValueError:
            continue
    return 1.0, str(signal.units.dimensionality)


def word(text, otherwise):
    """A name as NWB allows it: no slash and no colon; no number at its end, since the
    number of the sweep goes there."""
    name = re.sub(r"[/:\s]+", " ", str(text)).strip() or otherwise
    return name + "." if name[-1].isdigit() else name


def channel_names(signal):
    names = signal.array_annotations.get("channel_names")
    if names is not None and len(names) == signal.shape[1]:
        return [str(name) for name in names]
    base = signal.name or "channel"
    return [base] if signal.shape[1] == 1 else [f"{base} {letter + 1}" for letter in range(signal.shape[1])]


def rate_hz(signal):
    """Sampling rate; Neo takes it from intervals of 32 bits."""
    rate = float(signal.sampling_rate.rescale("Hz").magnitude)
    return float(round(rate)) if abs(rate - round(rate)) <= 1e-6 * rate else rate


def starts(segments, interval_s):
    """Start of each segment, s; whether the file itself has them."""
    if interval_s is not None:
        return [k * interval_s for k in range(len(segments))], True
    own, lengths = [], []
    for segment in segments:
        signals = segment.analogsignals
        own.append(min(float(s.t_start.rescale("s").magnitude) for s in signals))
        lengths.append(max(float((s.t_stop - s.t_start).rescale("s").magnitude) for s in signals))
    apart = all(b >= a + length - 1e-9 for a, b, length in zip(own, own[1:], lengths))
    if apart:
        first = min([0.0] + own)
        return [start - first for start in own], True
    return np.concatenate([[0.0], np.cumsum(lengths)[:-1]]).tolist(), False


def convert(path, out, interval_s=None):
    """Writes an NWB file; gives its path and what has to be said."""
    import neo
    from pynwb import NWBHDF5IO, NWBFile, TimeSeries
    from pynwb.misc import AnnotationSeries
    from hdmf.backends.hdf5 import H5DataIO

    blocks = neo.io.get_io(str(path)).read()
    segments = [segment for block in blocks for segment in block.segments if segment.analogsignals]
    if not segments:
        raise ValueError("no sampled signal in it")
    begun, known = starts(segments, interval_s)
    said = [] if known else ["the file does not say when its segments began: they are laid one behind the other; "
                             "state --interval-s, from the start of one to that of the next"]
    date = next((block.rec_datetime for block in blocks if block.rec_datetime), None)
    if date is None:
        said.append("the file has no date: 2000-01-01 stands for it")
    elif date.tzinfo is None:
        # The clock of the rig, of which no offset is known.
        date = date.replace(tzinfo=timezone.utc)
    nwb = NWBFile(
        session_description=f"{path.name}, read by Neo {neo.__version__}" + ("" if known else "; starts are not known"),
        identifier=f"{path.name} {date or NO_DATE}",
        session_start_time=date or NO_DATE,
    )
    labels = []
    for number, (segment, start_s) in enumerate(zip(segments, begun)):
        earliest = min(float(signal.t_start.rescale("s").magnitude) for signal in segment.analogsignals)
        used = set()
        for signal in segment.analogsignals:
            factor, unit = in_base_unit(signal)
            own_s = float(signal.t_start.rescale("s").magnitude) - earliest
            for column, name in enumerate(channel_names(signal)):
                name = word(name, "channel")
                while f"{name}_{number}" in used:
                    name += "'"
                used.add(f"{name}_{number}")
                data = np.asarray(signal.magnitude[:, column])
                nwb.add_acquisition(TimeSeries(
                    name=f"{name}_{number}",
                    data=H5DataIO(data, compression="gzip", shuffle=True) if len(data) else data,
                    unit=unit, conversion=factor, starting_time=start_s + own_s,
                    rate=rate_hz(signal),
                ))
        for event in segment.events:
            times = event.times.rescale("s").magnitude - earliest + start_s
            labels += [(float(time), str(label)) for time, label in zip(times, event.labels)]
    if labels:
        labels.sort()
        nwb.add_acquisition(AnnotationSeries(name="events", data=[text for _, text in labels],
                                             timestamps=[time for time, _ in labels]))
    target = (out or path.parent) / (path.stem + ".nwb")
    if target.exists() and target.samefile(path):
        raise ValueError("it is an NWB file already")
    with NWBHDF5IO(str(target), "w") as io:
        io.write(nwb)
    return target, said


def plain(value):
    """Whether Neo takes a value as an annotation."""
    from neo.core.baseneo import _check_annotations

    try:
        _check_annotations(value)
    except ValueError:
        return False
    return True


def read(path):
    """Opens an NWB file in Neo; gives its blocks.

    Neo 0.14 refuses files that have keywords or an ElectricalSeries, those of pynwb
    among them: it makes annotations of what pynwb gives and then does not take them.
    Lists become lists here, and what is no annotation is left out. It also refuses a
    conversion that is no power of ten, as codes of a converter have; here such a
    conversion is a unit of its own, which `rescale("V")` resolves."""
    from unittest.mock import patch

    import neo.io.nwbio as nwbio
    import quantities as pq

    own_unit = nwbio._recompose_unit

    def unit_of(name, conversion):
        try:
            return own_unit(name, conversion)
        except ValueError:
            base = own_unit(name, 1.0)
            return pq.UnitQuantity(f"{conversion:g} {base.dimensionality}", float(conversion) * base, symbol="code")

    class Signal(nwbio.AnalogSignalProxy):
        def __init__(self, *arguments, **named):
            super().__init__(*arguments, **named)
            self.annotations = {key: value for key, value in self.annotations.items() if plain({key: value})}

    class Door(nwbio.NWBIO):
        def _get_segment(self, *arguments):
            known = {key: list(value[:]) if hasattr(value, "dtype") else value
                     for key, value in self.global_block_metadata.items()}
            self.global_block_metadata = {key: value for key, value in known.items() if plain({key: value})}
            return super()._get_segment(*arguments)

    with patch.object(nwbio, "AnalogSignalProxy", Signal), patch.object(nwbio, "_recompose_unit", unit_of):
        return Door(str(path), "r").read_all_blocks()


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m schaffer.neo", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to write; beside the file if not given")
    parser.add_argument("--interval-s", type=float, metavar="S", help="from the start of a segment to that of the next")
    chosen = parser.parse_args(arguments)
    if chosen.out:
        chosen.out.mkdir(parents=True, exist_ok=True)
    failed = 0
    for path in chosen.files:
        try:
            target, said = convert(path, chosen.out, chosen.interval_s)
        except Exception as error:  # Neo raises what its readers raise
            print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)
            failed += 1
            continue
        print(target)
        for sentence in said:
            print(f"{path}: {sentence}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
