// c2sp.org/tlog-policy: which log is meant, and whose cosignatures are asked for.
import { equal, text_from_utf8 } from "./bytes.js";
import { check_public_key } from "./group.js";
import { parse_vkey, type_cosignature, type_cosignature_mldsa, type_ed25519 } from "./note.js";
import { refuse, within } from "./refusal.js";

const policy_bytes_max = 524_288;
const each_max = 64;

class PolicyReader {
    constructor() {
        this.logs = [];
        this.witnesses = new Map();
        this.groups = new Map();
        this.quorum = undefined;
        this.grouped_ = new Set();
        this.keys_ = [];
    }

    line(words) {
        const [keyword, ...rest] = words;
        const readers = { log: this.log_, witness: this.witness_, group: this.group_,
            quorum: this.quorum_ };
        if (!Object.hasOwn(readers, keyword)) {
            refuse(`"${keyword.slice(0, 40)}" is nothing that a policy says`);
        }
        readers[keyword].call(this, rest);
    }

    log_([vkey, , more]) {
        if (vkey === undefined || more !== undefined) {
            refuse("a log has a key, and an address if any");
        }
        this.logs.push(this.new_key_(vkey, type_ed25519, this.logs));
        this.bounded_(this.logs.length);
    }

    witness_([name, vkey, , more]) {
        if (vkey === undefined || more !== undefined) {
            refuse("a witness has a name, a key, and an address if any");
        }
        this.new_name_(name);
        const others = [...this.witnesses.values()];
        this.witnesses.set(name, this.new_key_(vkey, type_cosignature, others));
        this.bounded_(this.witnesses.size);
    }

    group_([name, threshold, ...members]) {
        if (members.length === 0) {
            refuse("a group has a name, a threshold and members");
        }
        this.new_name_(name);
        for (const member of members) {
            if (!this.is_known_(member) || this.grouped_.has(member)) {
                refuse(`"${member.slice(0, 40)}" is not defined before, or is in a group already`);
            }
            this.grouped_.add(member);
        }
        const wanted = threshold === "all" ? members.length : threshold === "any" ? 1
            : /^[1-9][0-9]?$/.test(threshold) ? Number(threshold) : 0;
        if (wanted < 1 || wanted > members.length) {
            refuse("a group's threshold is all, any, or a number that its members can reach");
        }
        this.groups.set(name, { wanted, members });
        this.bounded_(this.groups.size);
    }

    quorum_([name, more]) {
        if (this.quorum !== undefined || name === undefined || more !== undefined) {
            refuse("a policy has one quorum, of one name");
        }
        if (name !== "none" && !this.is_known_(name)) {
            refuse(`"${name.slice(0, 40)}" is not defined before it is asked for`);
        }
        this.quorum = name;
    }

    is_known_(name) {
        return this.witnesses.has(name) || this.groups.has(name);
    }
    new_name_(name) {
        if (name === "none" || this.is_known_(name)) {
            refuse(`"${name.slice(0, 40)}" stands for something else already`);
        }
    }
    // Of the type that is verified here, or of ML-DSA-44, by which nothing here can verify. Two
    // names for one key would count one witness twice.
    new_key_(vkey, type, others) {
        const key = parse_vkey(text_from_utf8(bytes_of_latin1(vkey)));
        if (key.type !== type && key.type !== type_cosignature_mldsa) {
            refuse(`the key of ${key.name} is of another type than is used here`);
        }
        if (key.type === type) {
            check_public_key(key.key);
        }
        if (others.some((other) => equal(other.key, key.key))) {
            refuse(`the key of ${key.name} stands here twice`);
        }
        if (this.keys_.some((other) => other.name === key.name && other.id === key.id &&
            (other.type !== key.type || !equal(other.key, key.key)))) {
            refuse(`two different keys go by ${key.name}+${key.id}`);
        }
        this.keys_.push(key);
        return key;
    }
    bounded_(count) {
        if (count > each_max) {
            refuse(`a policy has at most ${each_max} logs, witnesses and groups each`);
        }
    }
}

// Names of witnesses and groups are bytes, for this file alone: each byte is a character here.
const bytes_of_latin1 = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));

export function parse_policy(bytes) {
    if (bytes.length > policy_bytes_max) {
        refuse("the policy is too long");
    }
    const reader = new PolicyReader();
    const lines = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("").split("\n");
    if (lines.pop() !== "") {
        refuse("the last line of the policy does not end in a line feed");
    }
    lines.forEach((line, i) => within(`line ${i + 1} of the policy`, () => {
        if (/[\0-\x08\x0b-\x1f\x7f]/.test(line)) {
            refuse("it holds a control character");
        }
        const words = line.split(/[ \t]+/).filter((word) => word !== "");
        if (words.length > 0 && !words[0].startsWith("#")) {
            reader.line(words);
        }
    }));
    if (reader.quorum === undefined) {
        refuse("the policy names no quorum");
    }
    return reader;
}

// Whether the witnesses who have signed reach what the policy asks for.
export function is_reached(policy, signed_names) {
    const reaches = (name) => {
        const group = policy.groups.get(name);
        return group === undefined ? signed_names.has(name)
            : group.members.filter(reaches).length >= group.wanted;
    };
    return policy.quorum === "none" || reaches(policy.quorum);
}
