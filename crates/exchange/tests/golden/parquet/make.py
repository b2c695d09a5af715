"""Small Parquet files of another writer than ours: pip install pyarrow && python make.py"""
import os

import pyarrow as pa
import pyarrow.parquet as pq

os.chdir(os.path.dirname(os.path.abspath(__file__)))
rows = 40
table = pa.table({
    "time (ms)": [k * 0.1 for k in range(rows)],
    "sweep_1 (mV)": pa.array([k * 0.5 - 3 for k in range(rows)], pa.float32()),
    "sweep_2 (mV)": pa.array([-k for k in range(rows)], pa.float64()),
    "count": pa.array(range(rows), pa.int32()),
    "note": ["a" if k % 2 else None for k in range(rows)],
})
for codec in ["none", "snappy", "gzip", "zstd"]:
    pq.write_table(table.drop_columns(["count"]), f"{codec}.parquet", compression=codec, row_group_size=25,
                   data_page_version="2.0" if codec == "zstd" else "1.0", use_dictionary=codec != "none")
course = pa.table({"time_min": [-1.0, -0.5, 0.5], "a (mV/ms)": [-0.5, None, -1.0], "b (mV/ms)": [1, 2, 3]})
pq.write_table(course, "course.parquet")
