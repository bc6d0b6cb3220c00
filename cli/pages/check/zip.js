// The one form of zip file that a pack may have: members stored as they are, one after the other
// without gaps, in the order of their names, the central directory at once behind them. There is
// then one way to read it, and nothing to inflate.
import { compare_texts } from "./bytes.js";
import { refuse } from "./refusal.js";

export const members_max = 200_000;
export const pack_bytes_max = 2 ** 30;

const local_signature = 0x04034b50;
const central_signature = 0x02014b50;
const end_signature = 0x06054b50;
const local_bytes = 30;
const central_bytes = 46;
const end_bytes = 22;
// Midnight of 1 January 1980, which every member bears: the date before the time.
const first_instant = 33 << 16;

const crc_table = new Uint32Array(256).map((_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; ++bit) {
        value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    }
    return value;
});

// The check sum of PKZIP. It finds accidents; against intent stand the hashes.
export function crc32(bytes) {
    let value = 0xffffffff;
    for (let i = 0; i < bytes.length; ++i) {
        value = (value >>> 8) ^ crc_table[(value ^ bytes[i]) & 255];
    }
    return (value ^ 0xffffffff) >>> 0;
}

class Reader {
    constructor(bytes) {
        this.bytes = bytes;
        this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    u16(at) {
        return this.view.getUint16(at, true);
    }
    u32(at) {
        return this.view.getUint32(at, true);
    }
    ascii(at, count) {
        return String.fromCharCode(...this.bytes.subarray(at, at + count));
    }
}

function check_name(name) {
    if (!/^[a-zA-Z0-9._/-]{1,255}$/.test(name) || name.startsWith("/") || name.endsWith("/") ||
        name.split("/").some((part) => part === ".." || part === "." || part === "")) {
        refuse("the name of a member is none that a pack may have");
    }
}

function read_end(reader) {
    const at = reader.bytes.length - end_bytes;
    if (at < 0 || reader.u32(at) !== end_signature) {
        refuse("this is no zip file, or something follows it");
    }
    const end = {
        at,
        count: reader.u16(at + 10),
        directory_bytes: reader.u32(at + 12),
        directory_at: reader.u32(at + 16),
    };
    // A count of 65,535 stands for the true one elsewhere (zip64), which no pack needs.
    const is_plain = reader.u16(at + 4) === 0 && reader.u16(at + 6) === 0 &&
        reader.u16(at + 8) === end.count && reader.u16(at + 20) === 0 && end.count < 0xffff;
    if (!is_plain || end.directory_at + end.directory_bytes !== at) {
        refuse("the end of the zip file is not as a pack has it");
    }
    return end;
}

// What local and central header say alike of a member: version, flags, method, time, date, check
// sum and sizes, as bytes and place in the local one. In the central one they stand 2 bytes later.
const shared_fields = [[2, 4], [2, 6], [2, 8], [2, 10], [2, 12], [4, 14], [4, 18], [4, 22]];

function check_plain(reader, central, name) {
    const is_plain = reader.u16(central + 8) === 0 && reader.u16(central + 10) === 0 &&
        reader.u32(central + 12) === first_instant &&
        reader.u32(central + 20) === reader.u32(central + 24) &&
        reader.u16(central + 30) === 0 && reader.u16(central + 32) === 0 &&
        reader.u16(central + 34) === 0;
    if (!is_plain) {
        refuse(`${name} is not stored as a pack has its members`);
    }
}

function check_local(reader, local, central, name) {
    const agrees = local + local_bytes <= reader.bytes.length &&
        reader.u32(local) === local_signature &&
        shared_fields.every(([bytes, at]) => bytes === 2
            ? reader.u16(local + at) === reader.u16(central + at + 2)
            : reader.u32(local + at) === reader.u32(central + at + 2)) &&
        reader.u16(local + 26) === name.length && reader.u16(local + 28) === 0 &&
        reader.ascii(local + local_bytes, name.length) === name;
    if (!agrees) {
        refuse(`${name} is told of in two ways that differ`);
    }
}

function read_member(reader, central, expected_at) {
    const name_bytes = reader.u16(central + 28);
    if (name_bytes > 255 || central + central_bytes + name_bytes > reader.bytes.length) {
        refuse("the name of a member is none that a pack may have");
    }
    const name = reader.ascii(central + central_bytes, name_bytes);
    check_name(name);
    check_plain(reader, central, name);
    const local = reader.u32(central + 42);
    if (local !== expected_at) {
        refuse(`${name} does not follow the member before it`);
    }
    check_local(reader, local, central, name);
    const begin = local + local_bytes + name_bytes;
    const size = reader.u32(central + 24);
    return { name, begin, end: begin + size, crc: reader.u32(central + 16) };
}

// The members by name, each a view into the pack's bytes, and the check sums that are told of them.
export function read_zip(bytes) {
    if (bytes.length > pack_bytes_max) {
        refuse(`the pack has ${bytes.length} bytes; at most ${pack_bytes_max} are taken`);
    }
    const reader = new Reader(bytes);
    const end = read_end(reader);
    if (end.count > members_max) {
        refuse(`the pack has ${end.count} members; at most ${members_max} are taken`);
    }
    const members = new Map();
    const sums = new Map();
    let [central, expected_at, before] = [end.directory_at, 0, ""];
    for (let i = 0; i < end.count; ++i) {
        if (central + central_bytes > end.at || reader.u32(central) !== central_signature) {
            refuse("the directory of the zip file is cut short");
        }
        const member = read_member(reader, central, expected_at);
        if (compare_texts(member.name, before) <= 0) {
            refuse(`${member.name} does not stand in the order of the names, each once`);
        }
        if (member.end > end.directory_at) {
            refuse(`${member.name} reaches beyond the members`);
        }
        members.set(member.name, bytes.subarray(member.begin, member.end));
        sums.set(member.name, member.crc);
        [central, expected_at, before] =
            [central + central_bytes + member.name.length, member.end, member.name];
    }
    if (central !== end.at || expected_at !== end.directory_at) {
        refuse("there are gaps in the zip file");
    }
    return { members, sums };
}

// The names of those whose check sum is wrong. What they hold is still looked at, so that the
// verdict can say what follows from it.
export async function damaged_members({ members, sums }, pauses) {
    const damaged = [];
    for (const [name, content] of members) {
        if (crc32(content) !== sums.get(name)) {
            damaged.push(name);
        }
        await pauses.when_due();
    }
    return damaged;
}
