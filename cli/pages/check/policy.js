// c2sp.org/tlog-policy: which log is meant, and whose cosignatures are asked for.
import { to_hex, text_from_utf8 } from "./bytes.js";
import { parse_vkey, type_cosignature, type_ed25519 } from "./note.js";
import { refuse, within } from "./refusal.js";

const policy_bytes_max = 262_144;
const each_max = 32;

class PolicyReader {
    constructor() {
        this.logs = [];
        this.witnesses = new Map();
        this.groups = new Map();
        this.quorum = undefined;
        this.grouped_ = new Set();
        this.keys_ = new Set();
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
        this.logs.push(this.new_key_(vkey, type_ed25519));
        this.bounded_(this.logs.length);
    }

    witness_([name, vkey, , more]) {
        if (vkey === undefined || more !== undefined) {
            refuse("a witness has a name, a key, and an address if any");
        }
        this.new_name_(name);
        this.witnesses.set(name, this.new_key_(vkey, type_cosignature));
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
    // Two names for one key would count one witness twice.
    new_key_(vkey, type) {
        const key = parse_vkey(vkey);
        if (key.type !== type) {
            refuse(`the key of ${key.name} is of another type than is used here`);
        }
        const bytes = to_hex(key.key);
        if (this.keys_.has(bytes)) {
            refuse(`the key of ${key.name} stands here twice`);
        }
        this.keys_.add(bytes);
        return key;
    }
    bounded_(count) {
        if (count > each_max) {
            refuse(`a policy has at most ${each_max} logs, witnesses and groups each`);
        }
    }
}

export function parse_policy(bytes) {
    if (bytes.length > policy_bytes_max) {
        refuse("the policy is too long");
    }
    const reader = new PolicyReader();
    text_from_utf8(bytes).split("\n").forEach((line, i) => {
        const words = line.split(/[ \t\r]+/).filter((word) => word !== "");
        if (words.length > 0 && !words[0].startsWith("#")) {
            within(`line ${i + 1} of the policy`, () => reader.line(words));
        }
    });
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
