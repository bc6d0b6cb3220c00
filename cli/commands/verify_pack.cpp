#include "cli/commands/verify_pack.h"

#include "cli/arguments.h"
#include "cli/commands/findings.h"
#include "cli/pack/file_bytes.h"
#include "cli/pack/pack_verdict.h"
#include "ledger/store/system.h"
#include "ledger/store/task_pool.h"

namespace wsoa {
namespace {

PackToCheck asked_from(const Invocation& given) {
    PackToCheck asked{.pack = given.value("PATH"), .seen = {}, .policy = {}, .authority = {}};
    for (const auto& path : given.all("seen")) {
        asked.seen.emplace_back(path);
    }
    if (const auto path = given.find("policy")) {
        asked.policy = *path;
    }
    if (const auto path = given.find("authority")) {
        asked.authority = *path;
    }
    const auto depth = given.find("depth");
    asked.depth = depth == "log"       ? Depth::log
                  : depth == "authors" ? Depth::authors
                                       : Depth::meaning;
    return asked;
}

}  // namespace

Result<bool> is_pack_file(const std::filesystem::path& path) {
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure)) {
        return false;
    }
    const auto file = TRY(FileBytes::open(path));
    constexpr std::string_view first_bytes = "PK";
    if (file->size() < first_bytes.size()) {
        return false;
    }
    const auto head = TRY(file->read(0, first_bytes.size()));
    return text_of(head) == first_bytes;
}

Result<Exit> verify_pack_file(const Invocation& given, Surroundings& around) {
    for (const auto* const option : {"entry", "explain", "tiles"}) {
        if (given.has(option)) {
            return error(Fault::invalid, "--{} is for something else, and {} is a pack", option,
                         given.value("PATH"))
                .advise("leave it out");
        }
    }
    const auto workers = worker_threads(0);
    std::optional<Item> refused;
    const auto checked = check_pack(asked_from(given), workers.get(), &refused);
    if (!checked.ok() && refused) {
        around.output.json(Json::object()
                               .set("type", "refused")
                               .set("item", refused->str())
                               .set("what", checked.error().message));
    }
    const auto verdict = TRY(checked);
    show_findings(around.output, verdict.findings);
    show_bounds(around.output, verdict.bounds);
    const auto shown = show_checks(around.output, verdict.checked, verdict.not_checked);
    around.output.text(fmt::format("\n{}.\nEvents {}, root {}", pack_sentence(verdict),
                                   verdict.size.value, to_hex(verdict.root.view())));
    around.output.json(
        Json::object()
            .set("type", "packVerdict")
            .set("ok", Json::written(verdict.has_breach() ? "false" : "true"))
            .set("vouchedFor", Json::written(verdict.continues_earlier ? "true" : "false"))
            .set("size", verdict.size.value)
            .set("root", to_hex(verdict.root.view()))
            .set("findings", verdict.findings.size())
            .set("checked", shown.checked)
            .set("notChecked", shown.not_checked));
    if (verdict.has_breach()) {
        return Exit::findings;
    }
    const bool is_unknown = verdict.unknown > 0 && !given.has("allow-unknown");
    return is_unknown || verdict.unread > 0 ? Exit::could_not : Exit::done;
}

}  // namespace wsoa
