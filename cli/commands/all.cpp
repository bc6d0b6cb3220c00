#include "cli/commands/all.h"

#include "cli/commands/anchor.h"
#include "cli/commands/backup.h"
#include "cli/commands/checkpoint.h"
#include "cli/commands/completion.h"
#include "cli/commands/confirm.h"
#include "cli/commands/correct.h"
#include "cli/commands/diff.h"
#include "cli/commands/dispose.h"
#include "cli/commands/enrol.h"
#include "cli/commands/erase.h"
#include "cli/commands/evidence.h"
#include "cli/commands/evidence_life.h"
#include "cli/commands/evidence_redact.h"
#include "cli/commands/evidence_review.h"
#include "cli/commands/evidence_trail.h"
#include "cli/commands/export_tiles.h"
#include "cli/commands/find.h"
#include "cli/commands/guard.h"
#include "cli/commands/help.h"
#include "cli/commands/init.h"
#include "cli/commands/keep.h"
#include "cli/commands/kept.h"
#include "cli/commands/keys.h"
#include "cli/commands/late.h"
#include "cli/commands/ledger_keys.h"
#include "cli/commands/log.h"
#include "cli/commands/pack.h"
#include "cli/commands/period.h"
#include "cli/commands/progress.h"
#include "cli/commands/prove.h"
#include "cli/commands/rate.h"
#include "cli/commands/record.h"
#include "cli/commands/records.h"
#include "cli/commands/replay.h"
#include "cli/commands/rules.h"
#include "cli/commands/show.h"
#include "cli/commands/status.h"
#include "cli/commands/timestamp.h"
#include "cli/commands/trail.h"
#include "cli/commands/vault.h"
#include "cli/commands/vault_token.h"
#include "cli/commands/verify.h"
#include "cli/commands/version.h"
#include "cli/commands/view.h"
#include "cli/commands/witness.h"

#include <array>

namespace wsoa {

namespace {

using Describe = CommandSpec (*)();

constexpr auto of_delivery = std::to_array<Describe>({
    progress_command,
    rate_command,
    confirm_command,
    correct_command,
    rectify_command,
    record_command,
    period_close_command,
    anchor_command,
});

constexpr auto of_records = std::to_array<Describe>({
    hold_place_command,
    hold_release_command,
    hold_list_command,
    erasure_request_command,
    erasure_decide_command,
    erase_command,
    retention_set_command,
    retention_approve_command,
    retention_due_command,
    dispose_command,
});

constexpr auto of_evidence = std::to_array<Describe>({
    evidence_add_command,
    evidence_link_command,
    evidence_unlink_command,
    evidence_submit_command,
    evidence_accept_command,
    evidence_reject_command,
    evidence_ask_command,
    evidence_stale_command,
    evidence_renew_command,
    evidence_supersede_command,
    evidence_redact_command,
    evidence_list_command,
    evidence_show_command,
    evidence_trail_command,
    evidence_get_command,
    evidence_check_command,
});

constexpr auto of_looking = std::to_array<Describe>({
    show_command,
    status_command,
    replay_command,
    diff_command,
    view_command,
    find_command,
    trail_command,
    log_command,
    late_command,
});

// What is checked, and what is handed to those who check.
constexpr auto of_checking = std::to_array<Describe>({
    verify_command,
    checkpoint_command,
    prove_command,
    pack_command,
    export_tiles_command,
    witness_init_command,
    witness_cosign_command,
    witness_show_command,
    witness_serve_command,
    witness_ask_command,
    witness_request_command,
    timestamp_request_command,
    timestamp_add_command,
    timestamp_list_command,
    witness_add_command,
    period_check_command,
});

constexpr auto of_running = std::to_array<Describe>({
    init_command,
    keep_command,
    backup_command,
    restore_command,
    enrol_command,
    keys_new_command,
    keys_show_command,
    keys_seal_command,
    keys_request_command,
    keys_enrol_command,
    keys_rotate_ledger_command,
    keys_seal_ledger_command,
    vault_show_command,
    vault_spare_command,
    vault_destroy_spare_command,
    vault_recover_command,
    vault_passphrase_command,
    guard_adopt_command,
    guard_restore_command,
    guard_show_command,
    guard_withdraw_command,
    vault_seal_command,
    vault_clear_command,
    rules_command,
    help_command,
    completion_command,
    version_command,
});

}  // namespace

CommandTable all_commands() {
    CommandTable all;
    all.reserve(of_delivery.size() + of_records.size() + of_evidence.size() + of_looking.size() +
                of_checking.size() + of_running.size());
    const auto add = [&](const auto& part) {
        for (const auto describe : part) {
            all.push_back(describe());
        }
    };
    add(of_delivery);
    add(of_records);
    add(of_evidence);
    add(of_looking);
    add(of_checking);
    add(of_running);
    return all;
}

}  // namespace wsoa
