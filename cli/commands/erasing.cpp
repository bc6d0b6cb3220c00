#include "cli/commands/erasing.h"

#include "cli/documents.h"

namespace wsoa {
namespace {

template <typename Say>
void visit_fields(ChangeLine& line, const Say& say) {
    auto change = line.draft.builder();
    if (line.draft.kind() == Kind::DISPOSED) {
        say(change.getDisposed());
    } else {
        CHECK(line.draft.kind() == Kind::CONTENT_ERASED);
        say(change.getContentErased());
    }
}

}  // namespace

void say_vault(ChangeLine& line, const Forgotten& vault) {
    visit_fields(line, [&](auto fields) {
        fields.initVaultGeneration().setValue(vault.generation);
        fields.setVaultDigest({vault.digest.bytes.data(), vault.digest.bytes.size()});
    });
}

void say_document(ChangeLine& line, const NamedDocument& named) {
    visit_fields(line, [&](auto fields) { put_document(fields.initDocument(), named); });
}

Result<void> record_forgotten(Desk& desk, ChangeLine& line, const Signer& signer,
                              const std::string& command) {
    auto committed = desk.record(line, signer);
    if (!committed.ok()) {
        return std::move(committed)
            .error()
            .explain("the vault has forgotten it, and that is still to be recorded")
            .advise(fmt::format("give the same command again: {}", command));
    }
    desk.show(committed.value(), line);
    return done();
}

void sweep_erased(Desk& desk) {
    const auto sweep = [&]() -> Result<void> {
        const auto held = TRY(documents_to_write(desk));
        return sweep_documents(desk, *held);
    };
    const auto swept = sweep();
    if (!swept.ok()) {
        desk.output().warn(fmt::format(
            "No key opens the document any more, but its pieces are still on the disk; the next "
            "`wsoa evidence add` removes them: {}",
            swept.error().message));
    }
}

Result<void> show_certificate(ErasureCertificate certificate, Desk& desk) {
    certificate.token = TRY(desk.vault_token());
    if (desk.given().has("ledger")) {
        const auto folder = TRY(desk.folder());
        const auto list = TRY(SpareList::read(folder));
        const auto mark = vault_mark_in(certificate.done);
        CHECK(mark.has_value());
        certificate.spares = list.older_than(mark->generation);
    }
    const auto text = certificate.text();
    auto& output = desk.output();
    if (const auto out = desk.given().find("out")) {
        auto written = write_durably(*out, bytes_of(text), Access::everyone);
        if (!written.ok()) {
            return std::move(written)
                .error()
                .explain("it is recorded as event {}, but its certificate is not written",
                         certificate.done.index().value)
                .advise("write it with the same command and --certificate --out FILE");
        }
        output.text(fmt::format("Certificate: {}", *out));
    } else {
        output.text(text);
    }
    output.json(certificate.json());
    return done();
}

}  // namespace wsoa
