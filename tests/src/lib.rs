//! Tests that span crates live beside this file; the library itself is empty.
