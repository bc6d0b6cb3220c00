#include "ledger/tree/cosignature.h"

#include "ledger/tree/checkpoint.h"

namespace wsoa {
namespace {

constexpr std::string_view header = "cosignature/v1";

}  // namespace

Result<Cosignature> Cosignature::of(ByteView bytes) {
    constexpr std::size_t size = 8 + 64;
    if (bytes.size() != size) {
        return error(Fault::invalid, "a cosignature has {} bytes, not {}", size, bytes.size());
    }
    ByteReader reader(bytes);
    Cosignature read;
    read.seconds = TRY(reader.u64());
    const auto signature = TRY(reader.take(64));
    read.signature = TRY(Signature::of(signature));
    if (read.seconds > seconds_max) {
        return Error{Fault::invalid, "the time of a cosignature has at most 63 bits"};
    }
    return read;
}

Bytes Cosignature::bytes() const {
    Bytes bytes;
    append_u64(bytes, seconds);
    append(bytes, signature.view());
    return bytes;
}

std::string cosigned_message(std::uint64_t seconds, std::string_view checkpoint_text) {
    return fmt::format("{}\ntime {}\n{}", header, seconds, checkpoint_text);
}

Result<NoteSignature> cosign(std::string_view checkpoint_text, std::string_view name,
                             const Signer& signer, std::uint64_t seconds) {
    const auto key = TRY(NoteKey::cosigner(name, signer.key()));
    TRY(Checkpoint::parse(checkpoint_text));
    if (seconds > Cosignature::seconds_max) {
        return Error{Fault::invalid, "the time of a cosignature has at most 63 bits"};
    }
    const auto message = cosigned_message(seconds, checkpoint_text);
    const Cosignature made{seconds, signer.sign(bytes_of(message))};
    return NoteSignature{key.name(), key.id(), made.bytes()};
}

Result<Cosignature> check_cosignature(std::string_view checkpoint_text,
                                      const NoteSignature& signature, const NoteKey& key) {
    if (!key.cosigner_key()) {
        return error(Fault::invalid, "{}+{:08x} is no key that cosigns", key.name(), key.id());
    }
    const auto read = Cosignature::of(signature.bytes);
    const bool holds = signature.is_by(key) && read.ok() &&
                       verify(*key.cosigner_key(),
                              bytes_of(cosigned_message(read.value().seconds, checkpoint_text)),
                              read.value().signature);
    if (!holds) {
        return error(Fault::distrusted, "the cosignature by {}+{:08x} does not hold", key.name(),
                     key.id());
    }
    return read;
}

}  // namespace wsoa
