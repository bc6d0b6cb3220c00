#include "ledger/inspection/by_hand.h"

#include "ledger/base/check.h"
#include "ledger/event/event.h"
#include "ledger/event/kinds.h"

#include <algorithm>
#include <optional>

namespace wsoa {
namespace {

using Values = std::map<std::string, std::string>;

constexpr std::string_view readme = R"(A pack of the plan @plan@, of the ledger @origin@
for:        @purpose@
as true on: @as_at@, as known on: @as_known@
words:      @disclosed@; of restricted events: @restricted@
made with:  @made_with@
page:       @page@
state:      @state@
shown:      @shown@
The page and shown.jsonl have these SHA-256, the state of the plan this digest (@format@).

What it is. @reach@The words are bound to their entries field by field, the
documents by a salted hash.

How to look at it. Open index.html in a browser: it needs no network and checks everything it
shows. To be sure of the page itself, open the pack with a page from elsewhere (compare its
SHA-256 with the published one), or check it with the program: wsoa-verify FILE

How to check it with nothing of ours. Unzip it into a folder of its own, open a shell there, and
type what is indented below, in this order. It needs unzip, openssl (3.0 or later) and what every
such system has. Each step says "Verified Successfully", "OK" or nothing where it holds, and
something else where it does not; its files go into the folder by-hand.

1. The checkpoint bears the signature of the ledger. The ledger's key is, as c2sp.org/signed-note
writes it, the line below. Compare it with one that you have from elsewhere: all else rests on it.

@key@

    mkdir by-hand
    pem() { echo '-----BEGIN PUBLIC KEY-----'; printf MCowBQYDK2VwAyEA; openssl base64
            echo '-----END PUBLIC KEY-----'; }
    echo @key_bytes@ | openssl base64 -d -A | tail -c 32 |
        pem > by-hand/ledger.pem
    head -n 3 checkpoint > by-hand/checkpoint
    sed -n 5p checkpoint | cut -d ' ' -f 3 | openssl base64 -d -A | tail -c 64 > by-hand/sealed
    openssl pkeyutl -verify -pubin -inkey by-hand/ledger.pem -rawin -in by-hand/checkpoint \
        -sigfile by-hand/sealed

2. An author signed an event: here event @event@, which is @kind@ for @subject@, by
@person@. The entry is cut out of its bundle, the change and the signature out of the entry, and
the key out of the change. What was signed is a label, a line feed and the change.

    head -c @entry_end@ @bundle@ | tail -c @entry_size@ > by-hand/entry
    head -c @change_end@ by-hand/entry | tail -c @change_size@ > by-hand/change
    head -c @signature_end@ by-hand/entry | tail -c 64 > by-hand/signature
    head -c @key_end@ by-hand/change | tail -c 32 > by-hand/key
    pem < by-hand/key > by-hand/author.pem
    { printf 'wsoa-ledger/change/v1\n'; cat by-hand/change; } > by-hand/message
    openssl pkeyutl -verify -pubin -inkey by-hand/author.pem -rawin -in by-hand/message \
        -sigfile by-hand/signature

That key was given to @person@ by event @enrolment@, which names both; the count must not be 0.

    head -c @enrolment_end@ @enrolment_bundle@ | tail -c @enrolment_size@ > by-hand/enrolment
    head -c @enrolled_end@ by-hand/enrolment | tail -c 32 | cmp - by-hand/key
    grep -a -c @person@ by-hand/enrolment

3. The event is leaf @event@ of the tree. Its hash is that of a zero byte and the entry, and stands
in a tile. The first line shows it in hex; the last compares it.

    { printf '\000'; cat by-hand/entry; } | sha256sum
    { printf '\000'; cat by-hand/entry; } | openssl dgst -sha256 -binary > by-hand/node
    head -c @leaf_end@ @tile@ | tail -c 32 | cmp - by-hand/node

4. The leaf leads to the root that the checkpoint signs. Each line hashes the byte 01 and two
hashes, one of them the last result (RFC 9162, 2.1.3). Whoever knew other hashes that lead to the
same root would have broken SHA-256.

    with() { echo "$1" | openssl base64 -d -A; }
    above() { { printf '\001'; cat; } | openssl dgst -sha256 -binary > by-hand/above
              mv by-hand/above by-hand/node; }
@path@    sed -n 3p checkpoint | openssl base64 -d -A | cmp - by-hand/node

5. The time was stamped outside. @stamped@
6. Every document has the hash that its line in documents.jsonl states; each count must be 1. What
ties that line to its event is a salted hash, as with each word in words.jsonl.

    if [ -d documents ]; then
        for each in documents/*; do
            grep -c "\"$each\".*\"$(sha256sum < $each | cut -c 1-64)\"" documents.jsonl
        done
    fi

The bytes of an entry, those salted hashes and all else are described in schemas/README.md of the
program; the folder is a log as c2sp.org/tlog-tiles has it.

What it does not show. Whether a copy of something that was erased was kept elsewhere; and, unless
you bring a checkpoint or a policy of your own, whether this is the ledger that others saw.

This page is signed by nobody. A verifier makes it again from the entries and compares it.
)";

constexpr std::string_view certificate = R"(CERTIFICATE OF RECORDS
Civil Evidence Act 1995, section 9

I certify that what is in this pack forms part of the records of the body named below, a public
authority; that the records were made by the persons who signed each entry, at or about the times
that the entries bear; and that they have been kept in the ledger @origin@.

Ledger:             @origin@
Entries:            @size@
Root of the tree:   @root@
Plan:               @plan@
As true on:         @as_at@
As known on:        @as_known@
Made for:           @purpose@

Body:               ____________________________________________

Officer, post held: ____________________________________________

Signature:          ____________________________________________

Date:               ____________________________________________

(To be signed by an officer of the body. Until then this page certifies nothing.)
)";

constexpr std::string_view all_leaves =
    R"(Every entry of the ledger up to one signed checkpoint (@size@ entries), and of what
people wrote and of the documents the chosen ones. Each entry is signed by its author; the
checkpoint is signed by the ledger over one tree of all entries, so that nothing can have been
altered, added or left out between them. )";

constexpr std::string_view some_leaves =
    R"(Of the @size@ entries of the ledger up to one signed checkpoint the @leaves@ that
are of this plan or of the ledger itself, of those of other plans the hashes alone; and of what
people wrote and of the documents the chosen ones. Each entry is signed by its author; the
checkpoint is signed by the ledger over one tree of all entries, so that nothing can have been
altered or added between them. That no entry of this plan was left out follows from its closed
periods up to the last of them, and rests on the word of the pack's maker from there on. In its
bundle an entry that was left out has the length 0. )";

constexpr std::string_view no_tokens = "No authority's token lies in this pack.\n";

constexpr std::string_view tokens = R"(A token is over the checkpoint as the ledger signed it, its
first five lines. Put the root certificate of the authority, which you have from the authority and
not from here, beside this file as authority.pem.

    head -n 5 checkpoint > by-hand/stamped
)";

constexpr std::string_view each_token =
    "    openssl ts -verify -data by-hand/stamped -in timestamps/@number@.tsr \\\n"
    "        -CAfile authority.pem\n";

// An entry, cut out of the bundle that it lies in.
struct Cut {
    Bytes entry;
    std::string bundle;
    std::uint64_t end = 0;  // of the entry, in the bundle
};

Result<Cut> cut_of(EventIndex index, TreeSize size, const PackLeaves& leaves) {
    const auto number = index.value / tile_width_max;
    const auto width =
        std::min<std::uint64_t>(tile_width_max, size.value - number * tile_width_max);
    Cut cut{
        .entry = {},
        .bundle = path_of(BundleRef{.index = number, .width = static_cast<std::uint32_t>(width)})};
    for (auto i = number * tile_width_max; i <= index.value; ++i) {
        cut.entry = TRY(leaves.entry({i}));
        cut.end += 2 + cut.entry.size();  // each after its length
    }
    return cut;
}

// Where the part ends in the whole, in which it first stands. `invalid` if it does not.
Result<void> put_end(Values& values, const std::string& name, ByteView part, ByteView whole) {
    const auto found = std::search(whole.begin(), whole.end(), part.begin(), part.end());
    if (found == whole.end()) {
        return Error{Fault::invalid, "an entry does not hold what was read from it"};
    }
    values[name] = std::to_string(found - whole.begin() + std::ssize(part));
    return done();
}

Result<Event> shown_event(const PackAbout& about, const PackLeaves& leaves) {
    if (leaves.shown) {
        const auto entry = TRY(leaves.entry(*leaves.shown));
        return Event::read(*leaves.shown, entry);
    }
    std::optional<Event> newest;
    for (auto i = about.size.value; i-- > 0;) {
        const auto entry = TRY(leaves.entry({i}));
        if (entry.empty()) {
            continue;  // it was left out
        }
        auto event = TRY(Event::read({i}, entry));
        if (event.envelope().plan != about.plan) {
            continue;
        }
        if (event.kind() == Kind::RATING_CONFIRMED) {
            return event;
        }
        if (!newest) {
            newest = std::move(event);
        }
    }
    if (!newest) {
        return error(Fault::invalid, "no entry belongs to the plan {}", about.plan.str());
    }
    return std::move(*newest);
}

Result<std::string> path_lines(EventIndex index, TreeSize size, const Hash& leaf,
                               const NodeReader& node) {
    const auto proof = TRY(make_inclusion(index, size, node));
    const auto sums = TRY(sums_of(proof, leaf));
    std::string lines;
    Hash below = leaf;
    for (const auto& [left, right, sum] : sums) {
        const auto with = to_base64((left == below ? right : left).view());
        lines += left == below
                     ? fmt::format("    {{ cat by-hand/node; with {}; }} | above\n", with)
                     : fmt::format("    {{ with {}; cat by-hand/node; }} | above\n", with);
        below = sum;
    }
    return lines;
}

void put_cut(Values& values, const std::string& name, const Cut& cut) {
    values[name + "_end"] = std::to_string(cut.end);
    values[name + "_size"] = std::to_string(cut.entry.size());
}

}  // namespace

const PaperTexts& paper_texts() {
    static constexpr PaperTexts texts{.readme = readme,
                                      .certificate = certificate,
                                      .all_leaves = all_leaves,
                                      .some_leaves = some_leaves,
                                      .no_tokens = no_tokens,
                                      .tokens = tokens,
                                      .each_token = each_token};
    return texts;
}

std::string filled_in(std::string_view text, const Values& values) {
    std::string filled;
    while (true) {
        const auto begin = text.find('@');
        filled += text.substr(0, begin);
        if (begin == std::string_view::npos) {
            return filled;
        }
        text.remove_prefix(begin + 1);
        const auto end = text.find('@');
        const auto value = values.find(std::string(text.substr(0, end)));
        CHECK(end != std::string_view::npos && value != values.end());
        filled += value->second;
        text.remove_prefix(end + 1);
    }
}

Result<Values> steps_by_hand(const PackAbout& about, const Keyring& keyring,
                             const PackLeaves& leaves) {
    const auto event = TRY(shown_event(about, leaves));
    const auto& change = event.change();
    const auto& author = event.envelope().author_key;
    const auto* const key = keyring.key(author);
    if (key == nullptr || key->enrolled_at >= event.index()) {
        return error(Fault::invalid, "no key was enrolled that signed event {}",
                     event.index().value);
    }
    const auto cut = TRY(cut_of(event.index(), about.size, leaves));
    const auto enrolment = TRY(cut_of(key->enrolled_at, about.size, leaves));
    const auto tile = event.index().value / tile_width_max;
    const auto in_tile = event.index().value % tile_width_max;
    const auto width =
        std::min<std::uint64_t>(tile_width_max, about.size.value - tile * tile_width_max);
    Values values{
        {"event", std::to_string(event.index().value)},
        {"kind", std::string(name_of(event.kind()))},
        {"subject", event.envelope().subject.str()},
        {"person", key->person.str()},
        {"bundle", cut.bundle},
        {"change_size", std::to_string(change.bytes().size())},
        {"enrolment", std::to_string(key->enrolled_at.value)},
        {"enrolment_bundle", enrolment.bundle},
        {"tile",
         path_of(TileRef{.level = 0, .index = tile, .width = static_cast<std::uint32_t>(width)})},
        {"leaf_end", std::to_string((in_tile + 1) * sizeof(Hash::bytes))}};
    put_cut(values, "entry", cut);
    put_cut(values, "enrolment", enrolment);
    TRY(put_end(values, "change_end", change.bytes(), cut.entry));
    TRY(put_end(values, "signature_end", event.signature().view(), cut.entry));
    TRY(put_end(values, "key_end", author.view(), change.bytes()));
    TRY(put_end(values, "enrolled_end", author.view(), enrolment.entry));
    values["path"] = TRY(path_lines(event.index(), about.size, event.leaf(), leaves.node));
    return values;
}

}  // namespace wsoa
