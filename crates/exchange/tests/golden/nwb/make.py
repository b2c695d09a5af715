"""Small NWB files of many layouts, and what h5py reads from them (truth.json).

    pip install pynwb h5py numpy && python make.py
"""
import json
import os
from datetime import datetime, timedelta, timezone

import h5py
import numpy as np
from hdmf.backends.hdf5.h5_utils import H5DataIO
from pynwb import NWBHDF5IO, NWBFile, TimeSeries
from pynwb.ecephys import LFP, ElectricalSeries
from pynwb.icephys import (CurrentClampSeries, CurrentClampStimulusSeries, VoltageClampSeries,
                           VoltageClampStimulusSeries)
from pynwb.misc import AnnotationSeries

os.chdir(os.path.dirname(os.path.abspath(__file__)))
rng = np.random.default_rng(5)
START = datetime(2024, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def base(name):
    return NWBFile(session_description="varied " + name, identifier=name, session_start_time=START,
                   protocol="P-" + name)


def electrodes(nwb, count):
    device = nwb.create_device("amp")
    group = nwb.create_electrode_group("g", "d", "CA1", device)
    for _ in range(count):
        nwb.add_electrode(location="CA1", group=group)
    return nwb.create_electrode_table_region(list(range(count)), "all")


def save(nwb, name):
    with NWBHDF5IO(name + ".nwb", "w") as io:
        io.write(nwb, cache_spec=False)


def noise(shape, dtype=np.int16):
    return (rng.standard_normal(shape) * 1000).astype(dtype)


nwb = base("field_rate")
region = electrodes(nwb, 3)
nwb.add_acquisition(ElectricalSeries("es", noise((2000, 3)), region, rate=10000., starting_time=5., conversion=1e-7,
                                     offset=1e-5, channel_conversion=[1., 2., 4.]))
nwb.add_trial_column("stim_time", "s")
nwb.add_trial_column("pathway", "stimulated")
for k in range(4):
    nwb.add_trial(start_time=5 + 0.05 * k, stop_time=5 + 0.05 * k + 0.04, stim_time=5 + 0.05 * k + 0.01,
                  pathway=f"S{k % 2}")
save(nwb, "field_rate")

nwb = base("field_sweeps")
region = electrodes(nwb, 2)
for k in range(12):
    data = H5DataIO(noise((80, 2), np.float32), compression="gzip", shuffle=True, fletcher32=True, chunks=(30, 1))
    nwb.add_acquisition(ElectricalSeries(f"sweep_{k}", data, region, rate=20000., starting_time=30. * k,
                                         conversion=1e-6))
save(nwb, "field_sweeps")

nwb = base("gaps")
times = np.concatenate([np.arange(50) / 1e4 + 20 * k for k in range(6)])
nwb.add_acquisition(TimeSeries("fepsp", noise((300,), np.float64), "mV",
                               timestamps=H5DataIO(times, compression="gzip")))
nwb.add_acquisition(AnnotationSeries("notes", data=["start", "HFS"], timestamps=[0., 60.]))
nwb.add_trial_column("phase", "of the experiment")
for k in range(6):
    nwb.add_trial(start_time=20. * k, stop_time=20. * k + .005, phase="baseline" if k < 3 else "follow_up")
save(nwb, "gaps")

nwb = base("whole_cell")
device = nwb.create_device("amp")
pipettes = [nwb.create_icephys_electrode(name=f"pipette{i}", description="p", device=device) for i in range(2)]
for k in range(3):
    common = dict(starting_time=10. * k, rate=20000., sweep_number=np.uint64(k))
    nwb.add_intracellular_recording(
        electrode=pipettes[0],
        stimulus=CurrentClampStimulusSeries(f"stim_{k}_0", noise((100,)), pipettes[0], gain=1., conversion=1e-12, **common),
        response=CurrentClampSeries(f"resp_{k}_0", noise((100,)), electrode=pipettes[0], gain=1., conversion=1e-4,
                                    bias_current=1e-11, **common))
    nwb.add_intracellular_recording(
        electrode=pipettes[1],
        stimulus=VoltageClampStimulusSeries(f"stim_{k}_1", noise((100,)), pipettes[1], gain=1., **common),
        response=VoltageClampSeries(f"resp_{k}_1", noise((100,)), electrode=pipettes[1], gain=1., conversion=1e-12,
                                    capacitance_fast=1e-12, **common))
nwb.intracellular_recordings.add_column("phase", "of the experiment", data=["a", "a", "b", "b", "c", "c"])
save(nwb, "whole_cell")

nwb = base("lfp")
region = electrodes(nwb, 3)
module = nwb.create_processing_module("ecephys", "x")
module.add(LFP(ElectricalSeries("lfp", noise((500, 3)), region, rate=1000., starting_time=0.)))
save(nwb, "lfp")

# Data shared by two series, wrong byte order, links that lead nowhere, elsewhere and in circles.
nwb = base("links")
first = TimeSeries("a", noise((40,)), "V", rate=100., starting_time=0.)
nwb.add_acquisition(first)
nwb.add_acquisition(TimeSeries("b", first, "V", rate=100., starting_time=100.))
save(nwb, "links")
with h5py.File("links.nwb", "a") as file:
    group = file["acquisition/a"]
    data, attributes = group["data"][:], dict(group["data"].attrs)
    wide = group.create_dataset("data_big_endian", data=data.astype(">i4"))
    del group["data"]
    group.move("data_big_endian", "data")
    for key, value in attributes.items():
        group["data"].attrs[key] = value
    del file["acquisition/b/data"]
    file["acquisition/b/data"] = h5py.SoftLink("/acquisition/a/data")
    file["acquisition/dangling"] = h5py.SoftLink("/nowhere")
    file["acquisition/elsewhere"] = h5py.ExternalLink("other.nwb", "/acquisition/a")
    file["acquisition/circle"] = h5py.SoftLink("/acquisition")
    for k in range(60):
        file.create_group(f"scratch/many/g{k}")

# The newest structures of HDF5: version 3 superblock, extensible array of chunks, dense links.
with h5py.File("field_rate.nwb") as old, h5py.File("latest.nwb", "w", libver="latest") as new:
    for key in old:
        old.copy(key, new)
    for key, value in old.attrs.items():
        new.attrs[key] = value
    del new["acquisition/es/data"]
    data = new["acquisition/es"].create_dataset("data", data=old["acquisition/es/data"][:], chunks=(100, 1),
                                                compression="gzip", maxshape=(None, 3))
    for key, value in old["acquisition/es/data"].attrs.items():
        data.attrs[key] = value
    for k in range(30):
        new.create_group(f"scratch/many/g{k}")

# As MatNWB writes: texts of fixed length, rates and conversions as floats of 4 bytes.
with h5py.File("matlab.nwb", "w", userblock_size=512) as file:
    text = np.bytes_
    file.attrs.update(neurodata_type=text("NWBFile"), namespace=text("core"), nwb_version=text("2.6.0"))
    for key in ["session_start_time", "timestamps_reference_time"]:
        file[key] = text("2020-01-02T03:04:05+00:00")
    file["session_description"], file["identifier"] = text("d"), text("matlab")
    for k in range(3):
        group = file.create_group(f"acquisition/VC_{k}")
        group.attrs.update(neurodata_type=text("VoltageClampSeries"), namespace=text("core"), description=text("d"))
        data = group.create_dataset("data", data=noise((60,), np.float64))
        data.attrs.update(unit=text("amperes"), conversion=np.float32(0.5))
        start = group.create_dataset("starting_time", data=np.float64(k * 3))
        start.attrs.update(rate=np.float32(10000), unit=text("seconds"))
        home = file.require_group("general/intracellular_ephys/e0")
        home.attrs["neurodata_type"] = text("IntracellularElectrode")
        group["electrode"] = h5py.SoftLink("/general/intracellular_ephys/e0")

# As small as can be, for inputs that are damaged on purpose: old and new structures, deflate, shuffle,
# Fletcher 32, texts of fixed and variable length, references, trials.
for name, libver in [("tiny_old", "earliest"), ("tiny_new", "latest")]:
    with h5py.File(name + ".nwb", "w", libver=libver) as file:
        file.attrs.update(neurodata_type="NWBFile", nwb_version="2.7.0")
        file["session_start_time"] = "2024-01-01T00:00:00+00:00"
        group = file.create_group("acquisition/fepsp")
        group.attrs["neurodata_type"] = "TimeSeries"
        data = group.create_dataset("data", data=noise((24, 2)), chunks=(10, 2), compression="gzip", shuffle=True,
                                    fletcher32=True)
        data.attrs.update(unit="volts", conversion=1e-6)
        group["timestamps"] = np.concatenate([np.arange(12) / 1e4, 20 + np.arange(12) / 1e4])
        trials = file.create_group("intervals/trials")
        trials["start_time"], trials["stop_time"], trials["stim_time"] = [0., 20.], [1., 21.], [.0002, 20.0002]
        trials.create_dataset("pathway", data=["S0", "S1"], dtype=h5py.string_dtype())
        trials.create_dataset("origin", data=[group.ref, group.ref], dtype=h5py.ref_dtype)

truth = {}
for name in sorted(os.listdir(".")):
    if name.endswith(".nwb"):
        objects = {}

        def visit(path, found):
            if isinstance(found, h5py.Dataset):
                entry = {"shape": list(found.shape)}
                if found.dtype.kind in "iuf":
                    values = np.asarray(found[()], dtype=float).ravel()
                    entry |= dict(dtype=found.dtype.newbyteorder("=").name, n=int(values.size),
                                  first5=values[:5].tolist(), last5=values[-5:].tolist(), mean=float(values.mean()),
                                  sd=float(values.std()), min=float(values.min()), max=float(values.max()))
                objects["/" + path] = entry

        with h5py.File(name) as file:
            file.visititems(visit)
        truth[name] = objects
with open("truth.json", "w") as out:
    json.dump(truth, out, indent=0)
