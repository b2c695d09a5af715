"""Files of recording programs, real and made, and what other programs read from them.

    python3 -m venv v && v/bin/pip install numpy neo igor2 igorwriter axographio pyheka
    v/bin/python make.py

Real files are there already (README.md says from where); `truth.json` is written anew
from Neo, igor2, axographio and pyheka, which read them independently of Schaffer.
The CFS files and their truth are those of `make_cfs.py`, the HDF5 file of `make_mcs.py`.
"""
import json
import struct

import axographio
import igor2.binarywave
import igor2.packed
import igorwriter
import neo.rawio
import numpy as np
import pyheka

rng = np.random.default_rng(13)
truth = {}


def numbers(values):
    values = np.asarray(values, dtype=np.float64)
    return dict(n=len(values), first5=values[:5].tolist(), last5=values[-5:].tolist(),
                mean=float(values.mean()), sd=float(values.std()))


def known(name, rate_hz, channels, sweeps, starts_s=None, started=None):
    """channels: (name, unit); sweeps: a list of traces for each sweep."""
    truth[name] = dict(rate_hz=rate_hz, channels=channels, started=started, starts_s=starts_s,
                       sweeps=[[numbers(trace) for trace in sweep] for sweep in sweeps])


def wcp(name):
    reader = neo.rawio.WinWcpRawIO(name)
    reader.parse_header()
    channels = [(str(c["name"]), str(c["units"])) for c in reader.header["signal_channels"]]
    sweeps, order = [], []
    for segment in range(reader.segment_count(0)):
        streams = []
        for stream in range(reader.signal_streams_count()):
            raw = reader.get_analogsignal_chunk(0, segment, stream_index=stream)
            streams.append(reader.rescale_signal_raw_to_float(raw, dtype="float64", stream_index=stream))
        sweeps.append([trace for stream in streams for trace in stream.T])
    return reader, channels, sweeps


def wcp_records(name):
    """Two channels, three records, one of them rejected; decimal commas in the header."""
    points, channels, records = 768, 2, 3
    data = rng.integers(-9000, 9000, (records, points, channels), dtype=np.int16)
    header = ("VER=9\r\nVERPROG=V5.7.2\r\nCTIME=01/02/2023 09:00:00\r\nRTIMESECS=10,5\r\nRTIME=01/02/2023 09:12:33\r\n"
              "NBH=1024\r\nADCMAX=32767\r\nNC=2\r\nNBA=2\r\nNBD=6\r\nAD=10,0\r\nNR=3\r\nDT=5,0E-005\r\nNZ=20\r\n"
              "YO0=0\r\nYU0=mV\r\nYN0=fEPSP\r\nYG0=0,5\r\nYZ0=0\r\nYR0=0\r\n"
              "YO1=1\r\nYU1=pA\r\nYN1=Im\r\nYG1=0,001\r\nYZ1=0\r\nYR1=0\r\nID=slice 3\r\n")
    out = header.encode("ascii").ljust(1024, b"\0")
    for record in range(records):
        status = b"REJECTED" if record == 1 else b"ACCEPTED"
        out += struct.pack("<8s4sfff2f", status, b"TEST", record + 1, 15.0 * record, 5e-5, 5.0, 10.0).ljust(1024, b"\0")
        out += data[record].tobytes()
    open(name, "wb").write(out)
    scale = np.array([5.0 / (32767 * 0.5), 10.0 / (32767 * 0.001)])
    reader, channels, sweeps = wcp(name)
    # Neo cannot tell channels of two gains apart by stream; the arithmetic is ours.
    mine = [[trace for trace in (record * scale).T] for record in data]
    for a, b in zip(sum(mine, []), sum(sweeps, [])):
        assert np.allclose(a, b, rtol=1e-6), name
    known(name, 20000.0, channels, mine, [0.0, 15.0, 30.0], "2023-02-01T09:12:33.000")


def igor(name, wave, rate_hz, channels):
    data = wave["wData"]
    known(name, rate_hz, channels, [[column] for column in data.T] if data.ndim == 2 else [[data]])


def igor_files():
    def wave(data, name, unit="V", x=("s", 5e-5)):
        made = igorwriter.IgorWave5(data, name=name)
        made.set_datascale(unit)
        made.set_dimscale("x", 0, x[1], x[0])
        return made

    one = wave(rng.normal(0, 1e-3, 500), "fEPSP_3")
    one.save("one.ibw")
    igor("one.ibw", igor2.binarywave.load("one.ibw")["wave"], 20000.0, [("fEPSP", "V")])
    many = wave(rng.integers(-900, 900, (300, 7)).astype(np.int16), "sweeps", "pA", ("ms", 0.1))
    many.save("columns.ibw")
    igor("columns.ibw", igor2.binarywave.load("columns.ibw")["wave"], 10000.0, [("sweeps", "pA")])
    text, traces = "IGOR\n", {}
    for sweep in range(3):
        for channel, unit in (("RecordA", "mV"), ("RecordB", "pA")):
            import io
            values, out = rng.normal(0, 1, 200).round(4), io.StringIO()
            wave(values, f"{channel}{sweep}", unit, ("ms", 0.05)).save_itx(out)
            text += out.getvalue().replace("IGOR\n", "")
            traces[channel, sweep] = values
    open("neuromatic.itx", "w").write(text)
    known("neuromatic.itx", 20000.0, [("RecordA", "mV"), ("RecordB", "pA")],
          [[traces[c, s] for c in ("RecordA", "RecordB")] for s in range(3)])
    # A packed experiment of the waves of NeuroMatic: folders and waves as records.
    packed = struct.pack("<HhI", 1, 0, 12) + struct.pack("<hhhhhh", 2, 0, 0, 0, 0, 0)
    packed += struct.pack("<HhI", 9, 0, 32) + b"nm_folder".ljust(32, b"\0")
    for (channel, sweep), values in traces.items():
        import io
        out = io.BytesIO()
        made = wave(values, f"{channel}{sweep}", "mV" if channel == "RecordA" else "pA", ("ms", 0.05))
        made.save(out)
        body = bytearray(out.getvalue())
        # creationDate: 15 s from sweep to sweep, from 2024-02-29 12:00:00 on.
        body[68:72] = struct.pack("<I", 1709208000 + 2082844800 + 15 * sweep)
        packed += struct.pack("<HhI", 3, 0, len(body)) + bytes(body)
    packed += struct.pack("<HhI", 10, 0, 0)
    open("neuromatic.pxp", "wb").write(packed)
    _, tree = igor2.packed.load("neuromatic.pxp")
    folder = tree["root"][b"nm_folder"]
    for (channel, sweep), values in traces.items():
        assert np.allclose(folder[f"{channel}{sweep}".encode()].wave["wave"]["wData"], values)
    known("neuromatic.pxp", 20000.0, truth["neuromatic.itx"]["channels"],
          [[traces[c, s] for c in ("RecordA", "RecordB")] for s in range(3)], [0.0, 15.0, 30.0],
          "2024-02-29T12:00:00.000")
    for name in ("mac-version2", "win-version2", "mac-version5", "win-version5", "win-double"):
        data = igor2.binarywave.load(f"{name}.ibw")["wave"]["wData"]
        known(f"{name}.ibw", None, [("", "")], [[data]])
    for name, order in (("packed-byteorder.pxt", ">"), ("polar-graphs-demo.pxp", None)):
        _, tree = igor2.packed.load(name, initial_byte_order=order)
        waves = {key.decode(): value.wave["wave"]["wData"] for key, value in tree["root"].items() if hasattr(value, "wave")}
        truth[name] = dict(waves={key: numbers(np.ravel(data, order="F")) for key, data in waves.items()})


def axograph(name, rate_hz, channels, started=None, interval_s=None):
    file = axographio.read(name)
    columns = [np.asarray(column, dtype=np.float64) for column in file.data[1:]]
    per = len(channels)
    sweeps = [columns[at:at + per] for at in range(0, len(columns), per)]
    starts = None if interval_s is None else [interval_s * k for k in range(len(sweeps))]
    known(name, rate_hz, channels, sweeps, starts, started)


def heka(name, big_endian=False, wide=False):
    """A bundle with two series (one of another rate), two channels, interleaved or not."""
    order = ">" if big_endian else "<"
    traces, data, sweeps = [], b"", []
    head = 352 if wide else 256

    def trace(label, unit, values, interval, scale):
        nonlocal data
        at = head + len(data)
        data += np.asarray(values).astype(order + "i2").tobytes()
        size = 528 if wide else 408
        whole = "q" if wide else "i"
        out = struct.pack(order + "i32si", 0, label, 1) + struct.pack(order + whole * 2, at, len(values))
        out += struct.pack(order + "iiiihBBbbbbddd8sdd8s", 0, 1, 0, 0, 0 if big_endian else 1, 0, 0, 3, 0, 0, 0,
                           scale, 0.0, 0.0, unit, interval, 0.0, b"s")
        return out.ljust(size, b"\0")

    def node(record, children):
        return record + struct.pack(order + "i", len(children)) + b"".join(children)

    groups, t0 = [], 900000000.0
    series = []
    for number, (label, count, points, interval) in enumerate([(b"LTP base", 3, 300, 5e-5), (b"seal", 1, 50, 1e-4)]):
        nodes = []
        for sweep in range(count):
            volts, amps = rng.integers(-9000, 9000, (2, points))
            pair = [trace(b"Vmon", b"V", volts, interval, 1e-6), trace(b"Imon-1", b"A", amps, interval, 1e-13)]
            start = t0 + 100.0 * number + 15.0 * sweep
            record = struct.pack(order + "i32siiidd", 0, b"", 0, 1, sweep + 1, start, 0.0).ljust(160, b"\0")
            nodes.append(node(record, [node(one, []) for one in pair]))
            sweeps.append((label, [volts * 1e-6, amps * 1e-13]))
        record = struct.pack(order + "i32s80sii", 0, label, b"", number + 1, count).ljust(1408, b"\0")
        series.append(node(record, nodes))
    group = node(struct.pack(order + "i32s80sii", 0, b"E-1", b"", 1, 1).ljust(128, b"\0"), series)
    root = node(struct.pack(order + "ii32s80s400sd", 9, 0, b"v2x90.2", b"", b"", t0).ljust(544, b"\0"), [group])
    sizes = [544, 128, 1408, 160, 528 if wide else 408]
    tree = (b"Tree" if big_endian else b"eerT") + struct.pack(order + "i5i", 5, *sizes) + root
    whole = "qq8s" if wide else "ii8s"
    items = struct.pack(order + whole, head, len(data), b".dat")
    items += struct.pack(order + whole, head + len(data), len(tree), b".pul")
    version = b"1.6.0" if wide else b"v2x90.2, 01-Jan-2018"
    bundle = struct.pack(order + "8s32sdiB11s", b"DAT2", version, t0, 2, 0 if big_endian else 1, b"")
    open(name, "wb").write((bundle + items).ljust(head, b"\0") + data + tree)
    kept = [traces for label, traces in sweeps if label == b"LTP base"]
    known(name, 20000.0, [("Vmon", "V"), ("Imon-1", "A")], kept, [0.0, 15.0, 30.0], "2018-07-09T22:28:16.000")
    return name, [traces for _, traces in sweeps]


def check_heka(name, sweeps):
    """pyheka reads what was written."""
    with pyheka.Bundle(name) as bundle:
        found = []
        for g, group in enumerate(bundle.pul):
            for s, series in enumerate(group):
                for w, sweep in enumerate(series):
                    found.append([np.asarray(bundle.data[g, s, w, t]) for t in range(len(sweep))])
    for a, b in zip(sum(found, []), sum(sweeps, []), strict=True):
        assert np.allclose(a, b, rtol=1e-12), name


if __name__ == "__main__":
    wcp_records("two_channels.wcp")
    igor_files()
    axograph("graph.axgr", 2000.0, [("Current", "A")])
    axograph("digitized.axgd", 10000.0, [("Current", "A"), ("Voltage", "V")])
    axograph("axograph_x.axgx", 20000.0, [("Current", "A")], "2005-03-17T23:45:19.000", 2.0)
    for arguments in (("bundle.dat",), ("bundle_big_endian.dat", True), ("bundle_2000.dat", False, True)):
        check_heka(*heka(*arguments))
    others = json.load(open("truth_cfs.json")) | json.load(open("truth_mcs.json"))
    json.dump(truth | others, open("truth.json", "w"), indent=1)
