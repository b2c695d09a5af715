//! What the headers of both versions of the format say, in one shape.

use serde::Serialize;

/// How the recording was acquired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Events of any length, each a sweep of its own length.
    EventDrivenVariable,
    /// Events of one length.
    EventDrivenFixed,
    /// One sweep without a gap.
    GapFree,
    /// Oscilloscope, high speed.
    Oscilloscope,
    /// Sweeps started by the program (episodic stimulation).
    Episodic,
}

impl Mode {
    /// The mode of that number in the header.
    pub(super) fn numbered(number: i16) -> Option<Self> {
        match number {
            1 => Some(Self::EventDrivenVariable),
            2 => Some(Self::EventDrivenFixed),
            3 => Some(Self::GapFree),
            4 => Some(Self::Oscilloscope),
            5 => Some(Self::Episodic),
            _ => None,
        }
    }

    /// The number in the header.
    pub fn number(self) -> i16 {
        match self {
            Self::EventDrivenVariable => 1,
            Self::EventDrivenFixed => 2,
            Self::GapFree => 3,
            Self::Oscilloscope => 4,
            Self::Episodic => 5,
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::EventDrivenVariable => "event-driven, sweeps of different length",
            Self::EventDrivenFixed => "event-driven, sweeps of one length",
            Self::GapFree => "gap-free",
            Self::Oscilloscope => "high-speed oscilloscope",
            Self::Episodic => "episodic",
        }
    }
}

/// How samples are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SampleKind {
    /// 16-bit codes of the converter, to be scaled.
    Int16,
    /// 32-bit floats in the unit of the channel.
    Float32,
}

impl SampleKind {
    /// Bytes of one sample.
    pub const fn bytes(self) -> u64 {
        match self {
            Self::Int16 => 2,
            Self::Float32 => 4,
        }
    }
}

/// One recorded channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Channel {
    /// Name, `?` if it has none.
    pub name: String,
    /// Unit as in the file, in ASCII (`um` for µm); `?` if it has none.
    pub unit: String,
    /// Units per code of the converter:
    /// `range / resolution / (instrument scale · signal gain · programmable gain · telegraphed gain)`; the signal
    /// gain where `nSignalType` says that a conditioner was in use.
    /// May be NaN or infinite (`null` in JSON) for float samples, which do not need it.
    pub scale: f64,
    /// Value of code 0 in units: instrument offset − signal offset, that too with a conditioner only.
    pub offset: f64,
}

/// One output channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Output {
    /// Name, `?` if it has none.
    pub name: String,
    /// Unit, `?` if it has none.
    pub unit: String,
    /// Holding level in that unit; `None` if the header holds no sensible level.
    pub holding: Option<f64>,
}

/// A remark made during the recording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tag {
    /// Time since the start of the recording, s.
    pub time_s: f64,
    /// Its text.
    pub comment: String,
    /// Kind as numbered by the format: 0 time, 1 comment, 2 external, 3 voice,
    /// 4 new file, 5 annotation.
    pub kind: i16,
}

/// A list of values that a protocol steps through from sweep to sweep.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UserList {
    /// Whether the list was switched on.
    pub enabled: bool,
    /// Parameter that was varied, as numbered by the format.
    pub parameter: i16,
    /// The values.
    pub values: Vec<f64>,
}

/// Where the samples are. Channels are interleaved: sample `k` belongs to
/// channel `k mod channels`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Samples {
    /// Place of the first, bytes from the start of the file.
    pub offset: u64,
    /// How many, all channels together.
    pub count: u64,
    /// How they are stored.
    pub kind: SampleKind,
    /// Place of the field that says how many.
    pub stated_at: u64,
}

/// Start and length of a sweep as the synch array has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SynchEntry {
    /// Start since the start of the recording, s.
    pub start_s: f64,
    /// Samples, all channels together.
    pub samples: u64,
}

impl Header {
    /// Lowers the numbers of samples and sweeps to those that a file of `length` bytes
    /// holds whole, if it ends before its samples do.
    pub fn keep_whole_sweeps(&mut self, length: u64) {
        let channels = (self.channels.len() as u64).max(1);
        let size = self.samples.kind.bytes();
        let there = length.saturating_sub(self.samples.offset) / size;
        if there >= self.samples.count {
            return;
        }
        let stated = self.episodes.0.max(1);
        let points = self.samples.count / channels / stated;
        // Sweeps of one length; the table of others stood behind the samples.
        let scans = there / channels;
        let whole = if self.mode == Mode::GapFree { 1 } else { scans.checked_div(points).unwrap_or(0) };
        self.samples.count = if self.mode == Mode::GapFree { scans } else { whole * points } * channels;
        self.episodes.0 = whole;
        self.synch.0.clear();
        self.tags.clear();
        self.remarks.push(format!(
            "the file was cut off: {whole} of {stated} sweeps are whole and are read; tags and times of sweeps are lost"
        ));
    }
}

/// All that is taken from a header.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    pub format: &'static str,
    pub version: String,
    pub creator: String,
    pub guid: Option<String>,
    pub date: Option<String>,
    pub protocol_path: String,
    pub comment: String,
    pub mode: Mode,
    /// Scans per second: samples of one channel.
    pub rate_hz: f64,
    pub channels: Vec<Channel>,
    pub outputs: Vec<Output>,
    pub tags: Vec<Tag>,
    pub user_lists: Vec<UserList>,
    pub samples: Samples,
    /// Number of sweeps as stated, and the place of that field.
    pub episodes: (u64, u64),
    /// Start-to-start interval as stated, s; 0 if not.
    pub interval_s: f64,
    /// The synch array, and its place.
    pub synch: (Vec<SynchEntry>, u64),
    /// What a reader should know.
    pub remarks: Vec<String>,
}
