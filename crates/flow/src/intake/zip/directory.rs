//! The list of contents of an archive: found at its end, read entry by entry, and held against the
//! entries themselves.

use super::refusal::{Reason, Refusal};
use super::{Entry, Method, Sort, path};
use crate::limits::ARCHIVE_ENTRIES;

/// The end record without its comment.
const END: usize = 22;
/// The record that leads to the end record of ZIP64.
const LOCATOR: usize = 20;
/// The longest comment.
const COMMENT: usize = 0xFFFF;

/// Where the list is.
struct List {
    entries: usize,
    start: usize,
    end: usize,
}

/// Every entry of an archive, each checked.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Entry>, Refusal> {
    let list = find(bytes).map_err(Refusal::whole)?;
    if list.entries > ARCHIVE_ENTRIES {
        return Err(Refusal::whole(Reason::Entries));
    }
    let mut entries = Vec::with_capacity(list.entries.min(list.end / 46));
    // Where the header of each entry starts, to see whether two share bytes.
    let mut places = Vec::with_capacity(entries.capacity());
    let mut at = list.start;
    for _ in 0..list.entries {
        let record = Bytes(bytes.get(at..list.end).unwrap_or_default());
        let (entry, header, length) = central(record, bytes, list.start)?;
        places.push((header, entries.len()));
        entries.push(entry);
        at += length;
    }
    if at != list.end {
        return Err(Refusal::whole(Reason::Damaged));
    }
    let files = entries.iter().filter(|entry| entry.sort != Sort::Folder);
    let mut paths: Vec<&str> = files.map(|entry| entry.path.as_str()).collect();
    paths.sort_unstable();
    if let Some(pair) = paths.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Refusal::of(pair[0], Reason::Twice));
    }
    places.sort_unstable();
    for pair in places.windows(2) {
        let (entry, next) = (&entries[pair[0].1], pair[1].0);
        if entry.start + entry.packed > next {
            return Err(Refusal::of(&entry.path, Reason::Damaged));
        }
    }
    Ok(entries)
}

/// One record of the list, with the place of the entry's own header and the length of the record.
fn central(
    record: Bytes<'_>,
    bytes: &[u8],
    list_start: usize,
) -> Result<(Entry, usize, usize), Refusal> {
    let damaged = || Refusal::whole(Reason::Damaged);
    if record.u32(0) != Some(0x0201_4B50) {
        return Err(damaged());
    }
    let short = |at| record.u16(at).ok_or_else(damaged);
    let long = |at| record.u32(at).ok_or_else(damaged);
    let made_by = short(4)? >> 8;
    let flags = short(8)?;
    let method = short(10)?;
    let checksum = long(16)?;
    let (name_length, extra_length, comment_length) = (short(28)?, short(30)?, short(32)?);
    let disk = short(34)?;
    let attributes = long(38)?;
    let name_end = 46 + usize::from(name_length);
    let extra_end = name_end + usize::from(extra_length);
    let length = extra_end + usize::from(comment_length);
    let spelled = record.0.get(46..name_end).ok_or_else(damaged)?;
    let extra = record.0.get(name_end..extra_end).ok_or_else(damaged)?;
    if record.0.len() < length {
        return Err(damaged());
    }
    let name = path::decode(spelled);
    let refuse = |reason| Refusal::of(&name, reason);
    let [size, packed, header] =
        sizes([long(24)?, long(20)?, long(42)?], extra).ok_or_else(|| refuse(Reason::Damaged))?;
    if disk != 0 && disk != 0xFFFF {
        return Err(Refusal::whole(Reason::Split));
    }
    let (path, is_folder) = path::normal(&name).map_err(refuse)?;
    // By password, by strong encryption, or the list itself.
    if flags & 0x2041 != 0 {
        return Err(refuse(Reason::Encrypted));
    }
    let method = match method {
        0 => Method::Stored,
        8 => Method::Deflated,
        other => return Err(refuse(Reason::Method(other))),
    };
    // Unix and macOS keep the type of a file in the upper half.
    let is_link = matches!(made_by, 3 | 19) && (attributes >> 28) == 0xA;
    let sort = match () {
        () if is_folder => Sort::Folder,
        () if is_link => Sort::Link,
        () => Sort::File,
    };
    // What stands before the entry must be about the same entry.
    let own = Bytes(bytes.get(header..list_start).unwrap_or_default());
    let data = local(own, spelled).ok_or_else(|| refuse(Reason::Damaged))?;
    let start = header + data;
    if list_start
        .checked_sub(start)
        .is_none_or(|room| room < packed)
    {
        return Err(refuse(Reason::Damaged));
    }
    let entry = Entry {
        path,
        sort,
        method,
        checksum,
        packed,
        size,
        start,
    };
    Ok((entry, header, length))
}

/// How long the header before an entry is, where there is one that names it as the list does.
fn local(header: Bytes<'_>, spelled: &[u8]) -> Option<usize> {
    let is_header = header.u32(0)? == 0x0403_4B50;
    let (name, extra) = (usize::from(header.u16(26)?), usize::from(header.u16(28)?));
    let named = header.0.get(30..30 + name)? == spelled;
    (is_header && named).then_some(30 + name + extra)
}

/// The size, the packed size and the place of an entry: those that do not fit into 32 bits are in the
/// extra field of ZIP64, in this order.
fn sizes(short: [u32; 3], extra: &[u8]) -> Option<[usize; 3]> {
    let mut wide = zip64_field(extra);
    let mut sizes = [0; 3];
    for (size, short) in sizes.iter_mut().zip(short) {
        *size = if short == u32::MAX {
            let (value, rest) = wide?.split_at_checked(8)?;
            wide = Some(rest);
            usize::try_from(Bytes(value).u64(0)?).ok()?
        } else {
            usize::try_from(short).ok()?
        };
    }
    Some(sizes)
}

fn zip64_field(mut extra: &[u8]) -> Option<&[u8]> {
    while let (Some(tag), Some(length)) = (Bytes(extra).u16(0), Bytes(extra).u16(2)) {
        let end = 4 + usize::from(length);
        let field = extra.get(4..end)?;
        if tag == 1 {
            return Some(field);
        }
        extra = &extra[end..];
    }
    None
}

/// Finds the list from the end record. The archive must begin with its first entry and the list must
/// end where the end record begins: what is put before or between would be read by some programs only.
fn find(bytes: &[u8]) -> Result<List, Reason> {
    let last = bytes.len().checked_sub(END).ok_or(Reason::CutOff)?;
    let end = (last.saturating_sub(COMMENT)..=last)
        .rev()
        .find(|&at| {
            let record = Bytes(&bytes[at..]);
            let comment = record.u16(20).map(usize::from);
            record.u32(0) == Some(0x0605_4B50) && comment == Some(bytes.len() - at - END)
        })
        .ok_or(Reason::CutOff)?;
    let record = Bytes(&bytes[end..]);
    let short = |at| record.u16(at).ok_or(Reason::Damaged);
    let long = |at| record.u32(at).ok_or(Reason::Damaged);
    let (disk, list_disk, entries) = (short(4)?, short(6)?, short(10)?);
    let (size, start) = (long(12)?, long(16)?);
    let is_wide = entries == u16::MAX || size == u32::MAX || start == u32::MAX;
    let list = match zip64(bytes, end) {
        Some(list) if is_wide => list?,
        _ if is_wide && entries != u16::MAX => return Err(Reason::Damaged),
        _ if disk != 0 || list_disk != 0 || short(8)? != entries => return Err(Reason::Split),
        _ => {
            let start = usize::try_from(start).map_err(|_| Reason::Damaged)?;
            let size = usize::try_from(size).map_err(|_| Reason::Damaged)?;
            List {
                entries: usize::from(entries),
                start,
                end: start.checked_add(size).ok_or(Reason::Damaged)?,
            }
        }
    };
    let is_sound = list.start <= list.end && list.end <= end;
    let gap = end.wrapping_sub(list.end);
    // Between them there is nothing, or the two records of ZIP64.
    if !is_sound || (gap != 0 && zip64(bytes, end).is_none()) {
        return Err(Reason::Damaged);
    }
    Ok(list)
}

/// Where the list is, by the records of ZIP64; none where the locator of those is not there.
fn zip64(bytes: &[u8], end: usize) -> Option<Result<List, Reason>> {
    let locator = Bytes(bytes.get(end.checked_sub(LOCATOR)?..end)?);
    if locator.u32(0)? != 0x0706_4B50 {
        return None;
    }
    let read = || {
        let at = usize::try_from(locator.u64(8)?).ok()?;
        let record = Bytes(bytes.get(at..end - LOCATOR)?);
        let number = |at| usize::try_from(record.u64(at)?).ok();
        if record.u32(0)? != 0x0606_4B50 {
            return None;
        }
        let (entries, size, start) = (number(32)?, number(40)?, number(48)?);
        let list_end = start.checked_add(size)?;
        (list_end == at).then_some(List {
            entries,
            start,
            end: list_end,
        })
    };
    Some(read().ok_or(Reason::Damaged))
}

/// Little-endian numbers at places that may not be there.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..at.checked_add(N)?)?.try_into().ok()
    }

    fn u16(self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_le_bytes)
    }

    fn u32(self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }

    fn u64(self, at: usize) -> Option<u64> {
        self.array(at).map(u64::from_le_bytes)
    }
}
