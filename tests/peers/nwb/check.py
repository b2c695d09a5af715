"""What pynwb, nwbinspector and Neo say of exported NWB files: nothing, or this fails.

    python tests/peers/nwb/check.py FOLDER

Also reads every file back with h5py and pynwb, so that a file that no one
complains about because it is empty does not pass; Neo opens it through the bridge in
crates/exchange/bridge (Neo itself refuses every file with an ElectricalSeries).
"""
import sys
import warnings
from pathlib import Path

import numpy as np
import pynwb
from nwbinspector import inspect_nwbfile, load_config

sys.path.insert(0, str(Path(__file__).parents[3] / "crates/exchange/bridge"))
from schaffer.neo import read as read_by_neo  # noqa: E402

# Largest response that is one, by type of series, in V or A; and where its measures are.
KINDS = {"ElectricalSeries": (0.1, "ecephys", "fepsp"), "VoltageClampSeries": (1e-7, "icephys", "epsc"),
         "CurrentClampSeries": (0.2, "icephys", "epsp")}

files = sorted(Path(sys.argv[1]).rglob("*.nwb"))
said = []
for path in files:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        said += [f"{path}: pynwb.validate: {error}" for error in pynwb.validate(path=str(path))]
        for name, config in [("nwbinspector", None), ("nwbinspector --config dandi", load_config("dandi"))]:
            said += [f"{path}: {name}: {message}" for message in inspect_nwbfile(nwbfile_path=str(path), config=config)]
        with pynwb.NWBHDF5IO(str(path), "r") as io:
            nwb = io.read()
            (series,) = nwb.acquisition.values()
            largest, module, response = KINDS[type(series).__name__]
            values = series.data[:] * series.conversion + series.offset
            trials, measures = nwb.trials.to_dataframe(), nwb.processing[module][f"{response}_measures"].to_dataframe()
            simulated = "no animal was used" in nwb.subject.description
            if not (np.isfinite(values).all() and 1e-4 * largest < np.abs(values).max() < largest):
                said.append(f"{path}: values of {np.abs(values).max()}")
            if not (len(trials) > 10 and len(measures) > 10 and np.isfinite(measures[f"{response}_slope"]).all()):
                said.append(f"{path}: {len(trials)} trials, {len(measures)} measures")
            if "in silico" in nwb.keywords[:] and not simulated:
                said.append(f"{path}: a simulation whose subject passes for an animal")
            if not simulated and nwb.session_start_time.year != 2025:
                said.append(f"{path}: recorded in 2025, said to be of {nwb.session_start_time}")
    said += [f"{path}: warning: {warning.message}" for warning in caught
             if issubclass(warning.category, UserWarning)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        signals = [signal for block in read_by_neo(path) for segment in block.segments
                   for signal in segment.irregularlysampledsignals + segment.analogsignals]
    unit = "A" if response == "epsc" else "V"
    by_neo = [np.ravel(signal.rescale(unit).magnitude) for signal in signals]
    # Neo leaves the offset out.
    if len(by_neo) != 1 or not np.allclose(by_neo[0] + series.offset, np.ravel(values), rtol=1e-5, atol=1e-15):
        said.append(f"{path}: Neo reads {len(signals)} signals, or other values")
print("\n".join(said + [f"{len(files)} files, pynwb {pynwb.__version__}: {len(said)} messages"]))
sys.exit(1 if said or not files else 0)
