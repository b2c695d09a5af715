"""What pynwb and nwbinspector say of exported NWB files: nothing, or this fails.

    python tests/peers/nwb/check.py FOLDER

Also reads every file back with h5py and pynwb, so that a file that no one
complains about because it is empty does not pass.
"""
import sys
import warnings
from pathlib import Path

import numpy as np
import pynwb
from nwbinspector import inspect_nwbfile, load_config

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
            series = nwb.acquisition["ElectricalSeriesFEPSP"]
            volts = series.data[:] * series.conversion + series.offset
            trials, measures = nwb.trials.to_dataframe(), nwb.processing["ecephys"]["fepsp_measures"].to_dataframe()
            simulated = "no animal was used" in nwb.subject.description
            if not (np.isfinite(volts).all() and 1e-5 < np.abs(volts).max() < 0.1):
                said.append(f"{path}: potentials of {np.abs(volts).max()} V")
            if not (len(trials) > 10 and len(measures) > 10 and np.isfinite(measures["fepsp_slope"]).all()):
                said.append(f"{path}: {len(trials)} trials, {len(measures)} measures")
            if "in silico" in nwb.keywords[:] and not simulated:
                said.append(f"{path}: a simulation whose subject passes for an animal")
    said += [f"{path}: warning: {warning.message}" for warning in caught
             if issubclass(warning.category, UserWarning)]
print("\n".join(said + [f"{len(files)} files, pynwb {pynwb.__version__}: {len(said)} messages"]))
sys.exit(1 if said or not files else 0)
