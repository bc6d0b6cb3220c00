// A timestamp authority of a test's own, by `openssl ts`: what nobody of ours wrote.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export class OpensslAuthority {
    // Its files lie in a folder that is not there yet. Its tokens hold the certificate that signs
    // them, and the root as well where `more` says so ("certs = ./ca.pem").
    constructor(folder, more = "") {
        this.folder_ = folder;
        mkdirSync(folder);
        this.put_("tsa.cnf", "[ tsa ]\nserial = ./serial\ncrypto_device = builtin\n" +
            "signer_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256, sha512\n" +
            "accuracy = secs:1\nordering = yes\ntsa_name = yes\ness_cert_id_chain = yes\n" +
            `${more}\n`);
        this.put_("usage.cnf", "extendedKeyUsage = critical,timeStamping\n");
        this.put_("serial", "01\n");
        this.run_("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out",
            "ca.pem", "-days", "3650", "-subj", "/CN=Root");
        this.run_("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr",
            "-subj", "/C=GB/O=A council/CN=Timestamps");
        this.run_("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-out", "tsa.pem", "-days", "3650", "-extfile", "usage.cnf");
    }

    put_(name, content) {
        writeFileSync(this.path(name), content);
    }
    run_(...words) {
        execFileSync("openssl", words, { cwd: this.folder_, stdio: "ignore" });
    }
    path(name) {
        return join(this.folder_, name);
    }

    get roots() {
        return new Uint8Array(readFileSync(this.path("ca.pem")));
    }
    // Asks for a timestamp over these bytes.
    token(stamped, hash = "sha256") {
        this.put_("stamped", stamped);
        this.run_("ts", "-query", "-data", "stamped", `-${hash}`, "-cert", "-out", "query.tsq");
        return this.answer();
    }
    // Answers the request query.tsq in its folder.
    answer() {
        this.run_("ts", "-reply", "-queryfile", "query.tsq", "-signer", "tsa.pem", "-inkey",
            "tsa.key", "-config", "tsa.cnf", "-section", "tsa", "-out", "reply.tsr");
        return new Uint8Array(readFileSync(this.path("reply.tsr")));
    }
}
