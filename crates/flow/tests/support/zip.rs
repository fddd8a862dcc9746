//! Writing ZIP archives for tests and benchmarks: sound ones, and those that lie.

#![allow(
    dead_code,
    reason = "each test that includes this file uses a part of it"
)]

use miniz_oxide::deflate::compress_to_vec;

/// An entry as it is to be written. What is not said is what it should be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    pub(crate) path: Vec<u8>,
    pub(crate) data: Vec<u8>,
    /// Whether it is not packed.
    pub(crate) stored: bool,
    pub(crate) flags: u16,
    pub(crate) method: Option<u16>,
    pub(crate) checksum: Option<u32>,
    pub(crate) size: Option<u32>,
    /// The upper half of the attributes, as Unix has them.
    pub(crate) mode: u16,
    /// The path in the header before the entry.
    pub(crate) local_path: Option<Vec<u8>>,
    /// Whether its sizes are in the extra field of ZIP64.
    pub(crate) wide: bool,
}

impl Item {
    pub(crate) fn new(path: &str, data: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.as_bytes().to_vec(),
            data: data.into(),
            ..Self::default()
        }
    }
}

/// An archive that is being written.
#[derive(Debug, Default)]
pub(crate) struct Zip {
    bytes: Vec<u8>,
    list: Vec<u8>,
    count: u16,
}

impl Zip {
    /// With these files in it, packed.
    pub(crate) fn of<P: AsRef<str>, D: AsRef<[u8]>>(files: &[(P, D)]) -> Vec<u8> {
        let mut zip = Self::default();
        for (path, data) in files {
            zip.add(&Item::new(path.as_ref(), data.as_ref()));
        }
        zip.finish()
    }

    pub(crate) fn add(&mut self, item: &Item) {
        let packed = if item.stored {
            item.data.clone()
        } else {
            compress_to_vec(&item.data, 6)
        };
        let method = item.method.unwrap_or(if item.stored { 0 } else { 8 });
        let checksum = item.checksum.unwrap_or_else(|| checksum(&item.data));
        let size = item.size.unwrap_or_else(|| length(&item.data));
        let header = length(&self.bytes);
        let path = item.local_path.as_ref().unwrap_or(&item.path);
        self.bytes.extend(b"PK\x03\x04\x14\x00");
        put16(&mut self.bytes, &[item.flags, method, 0, 0]);
        put32(&mut self.bytes, &[checksum, length(&packed), size]);
        put16(&mut self.bytes, &[short(path), 0]);
        self.bytes.extend(path);
        self.bytes.extend(&packed);

        let list = &mut self.list;
        list.extend(b"PK\x01\x02\x14\x03\x14\x00");
        put16(list, &[item.flags, method, 0, 0]);
        let mut extra = Vec::new();
        if item.wide {
            put32(list, &[checksum, u32::MAX, u32::MAX]);
            put16(&mut extra, &[1, 24]);
            for value in [size, length(&packed), header] {
                extra.extend(u64::from(value).to_le_bytes());
            }
        } else {
            put32(list, &[checksum, length(&packed), size]);
        }
        put16(
            list,
            &[short(&item.path), short(&extra), 0, 0, 0, 0, item.mode],
        );
        put32(list, &[if item.wide { u32::MAX } else { header }]);
        list.extend(&item.path);
        list.extend(&extra);
        self.count += 1;
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.end(false)
    }

    /// With the end records of ZIP64.
    pub(crate) fn finish_wide(self) -> Vec<u8> {
        self.end(true)
    }

    fn end(self, wide: bool) -> Vec<u8> {
        let mut bytes = self.bytes;
        let start = length(&bytes);
        let size = length(&self.list);
        bytes.extend(&self.list);
        if wide {
            let at = bytes.len() as u64;
            bytes.extend(b"PK\x06\x06");
            bytes.extend(44_u64.to_le_bytes());
            put16(&mut bytes, &[45, 45]);
            put32(&mut bytes, &[0, 0]);
            for value in [u32::from(self.count), self.count.into(), size, start] {
                bytes.extend(u64::from(value).to_le_bytes());
            }
            bytes.extend(b"PK\x06\x07\0\0\0\0");
            bytes.extend(at.to_le_bytes());
            bytes.extend(1_u32.to_le_bytes());
        }
        bytes.extend(b"PK\x05\x06");
        let count = if wide { u16::MAX } else { self.count };
        put16(&mut bytes, &[0, 0, count, count]);
        let [size, start] = if wide { [u32::MAX; 2] } else { [size, start] };
        put32(&mut bytes, &[size, start]);
        put16(&mut bytes, &[0]);
        bytes
    }
}

fn put16(bytes: &mut Vec<u8>, values: &[u16]) {
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn put32(bytes: &mut Vec<u8>, values: &[u32]) {
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

fn short(bytes: &[u8]) -> u16 {
    u16::try_from(bytes.len()).unwrap_or(u16::MAX)
}

/// The checksum of an entry, bit by bit.
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |rest, &byte| {
        (0..8).fold(rest ^ u32::from(byte), |rest, _| {
            let carry = if rest & 1 == 1 { 0xEDB8_8320 } else { 0 };
            (rest >> 1) ^ carry
        })
    })
}
