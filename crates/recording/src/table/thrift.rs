//! Structures in the compact protocol of Thrift, as far as Parquet needs them.

/// Structures within structures.
const DEEPEST: u32 = 24;

/// A value of a field.
pub(super) enum Value {
    /// Truth values and whole numbers.
    Number(i64),
    /// Structures of a list.
    Structures(Vec<Fields>),
    /// A structure.
    Structure(Fields),
    /// Anything else.
    Other,
}

/// The fields of a structure with their numbers.
pub(super) struct Fields(Vec<(i64, Value)>);

impl Fields {
    fn get(&self, field: i64) -> Option<&Value> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
    }

    /// A whole number.
    pub fn number(&self, field: i64) -> Option<i64> {
        match self.get(field)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A structure.
    pub fn structure(&self, field: i64) -> Option<&Self> {
        match self.get(field)? {
            Value::Structure(fields) => Some(fields),
            _ => None,
        }
    }

    /// The structures of a list; none if there is no such list.
    pub fn structures(&self, field: i64) -> &[Self] {
        match self.get(field) {
            Some(Value::Structures(structures)) => structures,
            _ => &[],
        }
    }
}

/// Reads structures from bytes; `None` wherever they end early or make no sense.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    depth: u32,
}

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, depth: 0 }
    }

    /// Bytes read so far.
    pub fn read(&self) -> usize {
        self.at
    }

    /// The next structure.
    pub fn structure(&mut self) -> Option<Fields> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let (mut fields, mut last) = (Vec::new(), 0_i64);
        loop {
            let head = self.byte()?;
            if head == 0 {
                self.depth -= 1;
                return Some(Fields(fields));
            }
            last = match i64::from(head >> 4) {
                0 => self.number()?,
                step => last.checked_add(step)?,
            };
            let value = match head & 15 {
                1 => Value::Number(1),
                2 => Value::Number(0),
                kind => self.value(kind)?,
            };
            fields.push((last, value));
        }
    }

    fn value(&mut self, kind: u8) -> Option<Value> {
        match kind {
            // Truth values of a list have a byte each.
            1..=3 => self.byte().map(|byte| Value::Number(byte.cast_signed().into())),
            4..=6 => self.number().map(Value::Number),
            7 => self.skip(8),
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                self.skip(length)
            }
            9 | 10 => self.list(),
            11 => self.map(),
            12 => self.structure().map(Value::Structure),
            _ => None,
        }
    }

    fn list(&mut self) -> Option<Value> {
        let head = self.byte()?;
        let length = match head >> 4 {
            15 => self.varint()?,
            length => u64::from(length),
        };
        let mut structures = Vec::new();
        for _ in 0..length {
            if let Value::Structure(fields) = self.value(head & 15)? {
                structures.push(fields);
            }
        }
        Some(Value::Structures(structures))
    }

    fn map(&mut self) -> Option<Value> {
        let length = self.varint()?;
        let kinds = if length == 0 { 0 } else { self.byte()? };
        for _ in 0..length {
            self.value(kinds >> 4)?;
            self.value(kinds & 15)?;
        }
        Some(Value::Other)
    }

    fn skip(&mut self, bytes: usize) -> Option<Value> {
        self.at = self.at.checked_add(bytes).filter(|at| *at <= self.bytes.len())?;
        Some(Value::Other)
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// A number of 7 bits a byte, the lowest first.
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A signed number: 0, −1, 1, −2 … are 0, 1, 2, 3 …
    fn number(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    /// By hand after the description of the protocol.
    #[test]
    fn fields_of_every_kind() {
        let bytes = [
            0x15, 0x04, // 1: i32 2
            0x26, 0xff, 0x01, // 3: i64 -128
            0x18, 0x02, b'a', b'b', // 4: binary
            0x1c, 0x15, 0x02, 0x00, // 5: structure with 1: 1
            0x19, 0x2c, 0x11, 0x00, 0x12, 0x00, // 6: two structures with 1: true and false
            0x05, 0x28, 0x06, // 20: i32 3
            0x00,
        ];
        let mut reader = Reader::new(&bytes);
        let fields = reader.structure().unwrap();
        assert_eq!((fields.number(1), fields.number(3), fields.number(20)), (Some(2), Some(-128), Some(3)));
        assert_eq!(fields.structure(5).unwrap().number(1), Some(1));
        let list: Vec<_> = fields.structures(6).iter().map(|one| one.number(1)).collect();
        assert_eq!((list, reader.read()), (vec![Some(1), Some(0)], bytes.len()));
        for end in 0..bytes.len() {
            assert!(Reader::new(&bytes[..end]).structure().is_none());
        }
    }
}
