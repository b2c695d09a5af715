"""A file as Multi Channel DataManager exports it, made with h5py after the protocol that
Multi Channel Systems publish (McsPyDataTools 0.4.3); read back by McsPyDataTools.

    python make_mcs.py
"""
import json

import h5py
import numpy as np

rng = np.random.default_rng(13)
GUID = "12345678-1234-5678-1234-567812345678"
text = h5py.string_dtype()
CHANNELS, POINTS, TICK_US = 4, 3000, 50
info = np.dtype([
    ("ChannelID", "<i4"), ("RowIndex", "<i4"), ("GroupID", "<i4"), ("ElectrodeGroup", "<i4"), ("Label", text),
    ("RawDataType", text), ("Unit", text), ("Exponent", "<i4"), ("ADZero", "<i4"), ("Tick", "<i8"),
    ("ConversionFactor", "<i8"), ("ADCBits", "<i4"), ("HighPassFilterType", text),
    ("HighPassFilterCutOffFrequency", text), ("HighPassFilterOrder", "<i4"), ("LowPassFilterType", text),
    ("LowPassFilterCutOffFrequency", text), ("LowPassFilterOrder", "<i4"),
])
name, truth = "mea.h5", {}
with h5py.File(name, "w") as file:
    file.attrs["McsHdf5ProtocolType"] = np.bytes_("RawData")
    file.attrs["McsHdf5ProtocolVersion"] = np.int32(3)
    data = file.create_group("Data")
    for key, value in {"ProgramName": "Multi Channel Experimenter", "ProgramVersion": "2.20", "MeaName": "60MEA",
                       "MeaLayout": "", "MeaSN": "", "Date": "Thursday, 29 February 2024", "FileGUID": GUID,
                       "Comment": "slice 3"}.items():
        data.attrs[key] = np.bytes_(value)
    # 2024-02-29 12:00:00 in ticks of 100 ns since the year 1.
    data.attrs["DateInTicks"] = np.int64((1709208000 + 62135596800) * 10_000_000)
    recording = data.create_group("Recording_0")
    for key, value in {"RecordingID": np.int32(0), "RecordingType": np.bytes_(""), "TimeStamp": np.int64(0),
                       "Duration": np.int64(10**7), "Label": np.bytes_(""), "Comment": np.bytes_("")}.items():
        recording.attrs[key] = value
    streams = recording.create_group("AnalogStream")
    for number, (kind, channels) in enumerate([("Auxiliary", 1), ("Electrode", CHANNELS)]):
        stream = streams.create_group(f"Stream_{number}")
        for key, value in {"StreamInfoVersion": np.int32(1), "Label": np.bytes_(kind), "SourceStreamGUID": np.bytes_(GUID),
                           "StreamGUID": np.bytes_(GUID), "StreamType": np.bytes_(kind),
                           "DataSubType": np.bytes_("Analog")}.items():
            stream.attrs[key] = value
        rows = rng.permutation(channels)
        table = np.array([(c, rows[c], 0, 0, f"E{c + 1}", "Int", "V", -12, 32768, TICK_US, 59605, 24, "", "-1", -1,
                           "", "-1", -1) for c in range(channels)], dtype=info)
        made = stream.create_dataset("InfoChannel", data=table)
        made.attrs["InfoVersion"] = np.int32(1)
        codes = rng.integers(20000, 46000, (channels, POINTS), dtype=np.int32)
        stream.create_dataset("ChannelData", data=codes, chunks=(1, 1000), compression="gzip")
        # Three sweeps of 1,000 samples, 15 s apart.
        stream.create_dataset("ChannelDataTimeStamps", data=np.array(
            [[15_000_000 * k, 1000 * k, 1000 * k + 999] for k in range(3)], dtype="<i8"))

import McsPy.McsData  # noqa: E402

opened = McsPy.McsData.RawData(name)  # closes its file when it goes
stream = opened.recordings[0].analog_streams[1]


def numbers(values):
    return dict(n=len(values), first5=values[:5].tolist(), last5=values[-5:].tolist(), mean=float(values.mean()),
                sd=float(values.std()))


sweeps = [[numbers(np.asarray(stream.get_channel_in_range(channel, 1000 * k, 1000 * k + 999)[0], dtype=float))
           for channel in range(CHANNELS)] for k in range(3)]
truth[name] = dict(rate_hz=20000.0, channels=[(f"E{c + 1}", "V") for c in range(CHANNELS)],
                   started="2024-02-29T12:00:00.000", starts_s=[0.0, 15.0, 30.0], sweeps=sweeps)
json.dump(truth, open("truth_mcs.json", "w"), indent=1)
