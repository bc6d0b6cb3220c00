// Who was enrolled, confirmed by whom, with which roles: nobody's right comes from anywhere else.
import { make, mono, section, table } from "./dom.js";
import { in_words } from "./wording.js";

function roles_text(keyring, person) {
    return keyring.grants_of(person).map((grant) => make("p", {}, `${in_words(grant.role)} for ` +
        (grant.scope ?? "the whole ledger") + (grant.revoked_at !== null
        ? ` (ended by event ${grant.revoked_at})` : grant.in_force_from === null
            ? " (waits for a second person)" : "")));
}

function keys_part(keyring, person) {
    return [...keyring.keys.values()].filter((key) => key.person === person).map((key) =>
        make("p", {}, mono(key.hex.slice(0, 16)), key.claims.length > 0 ? " in other hands"
            : key.ended_at !== null ? ` ended by event ${key.ended_at}` : ""));
}

export function people_section(view) {
    const { keyring } = view.pack.check.state;
    const rows = [...keyring.people.values()].sort((one, other) =>
        one.person < other.person ? -1 : 1).map(({ person, organisation, confirmed_at }) =>
        [person, in_words(organisation), roles_text(keyring, person), keys_part(keyring, person),
            confirmed_at === null ? "waits for a second person" : `event ${confirmed_at}`]);
    return section("people", "People, roles and keys",
        make("p", {}, "People stand here by the name of their post. Each key is told by its " +
            "first 16 digits."),
        table("Everybody who is enrolled", [["Person", "ref"], ["Organisation"], ["Roles"],
            ["Keys"], ["Confirmed"]], rows));
}
